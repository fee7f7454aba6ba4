---@meta msys.core

-- The dictionary that `vctx:get` and `vctx:set` use.

---@class msys.core
msys.core = {}

--- The variables of the message: empty for the next message of the connection.
---@type integer
---@constant vctx_dictionary
---@page momentum/4/lua/ref-vctx-get
msys.core.VCTX_MESS = nil

--- The variables of the connection: they last as long as it does.
---@type integer
---@constant vctx_dictionary
---@page momentum/4/lua/ref-vctx-get
msys.core.VCTX_CONN = nil
