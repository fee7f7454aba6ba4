---@meta msys.core

-- The dictionary that the `msg:context_*` methods use.

---@class msys.core
msys.core = {}

--- The variables of the message: they stay with it, and are empty for the next message of the connection.
---@type integer
---@constant context_dictionary
---@page momentum/4/lua/ref-msg-context-get
msys.core.ECMESS_CTX_MESS = nil

--- The variables of the connection, as the message keeps them.
---@type integer
---@constant context_dictionary
---@page momentum/4/lua/ref-msg-context-get
msys.core.ECMESS_CTX_CONN = nil
