---@meta msys.core

-- Whether a message is delivered over TLS, for `core_use_outbound_tls`.

---@class msys.core
msys.core = {}

--- Without TLS.
---@type integer
---@constant tls_use
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-use-outbound-tls
msys.core.EC_USE_TLS_NO = nil

--- With TLS where the remote server offers it.
---@type integer
---@constant tls_use
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-use-outbound-tls
msys.core.EC_USE_TLS_IFAVAILABLE = nil

--- With TLS, or not at all.
---@type integer
---@constant tls_use
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-use-outbound-tls
msys.core.EC_USE_TLS_REQUIRED = nil
