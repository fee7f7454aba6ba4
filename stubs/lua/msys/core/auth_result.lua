---@meta msys.core

-- What the functions of an authentication scheme return.

---@class msys.core
msys.core = {}

--- Name and password are right.
---@type integer
---@constant auth_result
---@page momentum/4/lua/ref-msys-register-auth
msys.core.EC_AUTH_OK = nil

--- They are not, or the user is not known.
---@type integer
---@constant auth_result
---@page momentum/4/lua/ref-msys-register-auth
msys.core.EC_AUTH_FAIL = nil

--- The check could not be made.
---@type integer
---@constant auth_result
---@page momentum/4/lua/ref-msys-register-auth
msys.core.EC_AUTH_ERROR = nil
