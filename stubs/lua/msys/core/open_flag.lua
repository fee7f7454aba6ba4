---@meta msys.core

-- How a file is opened, for `msys.core.io_wrapper_open`. Joined with `|`; the names are those of `open(2)`.

---@class msys.core
msys.core = {}

--- For reading.
---@type integer
---@constant open_flag
---@trap No page writes it as `msys.core.O_RDONLY`: the name in Lua follows from the C name.
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_RDONLY = nil

--- For writing.
---@type integer
---@constant open_flag
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_WRONLY = nil

--- For reading and writing.
---@type integer
---@constant open_flag
---@trap No page writes it as `msys.core.O_RDWR`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-io-wrapper-open
msys.core.O_RDWR = nil

--- For reading and writing, as the page of `io_wrapper_open` spells it.
---@type integer
---@constant open_flag
---@correction A slip of that page: the C API spells it `O_RDWR`, and there is no `O_RDRW` in C.
---@trap No page writes it as `msys.core.O_RDRW`: the name in Lua follows from the C name.
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_RDRW = nil

--- Makes the file when it is not there.
---@type integer
---@constant open_flag
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_CREAT = nil

--- Writes at the end of the file.
---@type integer
---@constant open_flag
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_APPEND = nil

--- Leaves line ends alone.
---@type integer
---@constant open_flag
---@trap No page writes it as `msys.core.O_BINARY`: the name in Lua follows from the C name.
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
msys.core.O_BINARY = nil

--- Empties the file first.
---@type integer
---@constant open_flag
---@trap No page writes it as `msys.core.O_TRUNC`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-spool-ctx-filter-open
msys.core.O_TRUNC = nil

--- With `O_CREAT`: fails when the file is there already.
---@type integer
---@constant open_flag
---@trap No page writes it as `msys.core.O_EXCL`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-spool-ctx-filter-open
msys.core.O_EXCL = nil
