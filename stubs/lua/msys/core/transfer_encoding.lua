---@meta msys.core

-- The transfer encoding of a message part, for `msg:makePart`.

---@class msys.core
msys.core = {}

--- 7bit, the default.
---@type integer
---@constant transfer_encoding
---@page momentum/4/lua/ref-msg-make-part
msys.core.EC_MIME_TE_7BIT = nil

--- 8bit.
---@type integer
---@constant transfer_encoding
---@page momentum/4/lua/ref-msg-make-part
msys.core.EC_MIME_TE_8BIT = nil

--- base64.
---@type integer
---@constant transfer_encoding
---@page momentum/4/lua/ref-msg-make-part
msys.core.EC_MIME_TE_BASE64 = nil

--- quoted-printable.
---@type integer
---@constant transfer_encoding
---@page momentum/4/lua/ref-msg-make-part
msys.core.EC_MIME_TE_QUOTED_PRINTABLE = nil

--- binary. Known from the C API; the page of `msg:makePart` does not list it.
---@type integer
---@constant transfer_encoding
---@trap No page writes it as `msys.core.EC_MIME_TE_BINARY`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-message-part-create-singleton
msys.core.EC_MIME_TE_BINARY = nil
