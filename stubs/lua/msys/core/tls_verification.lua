---@meta msys.core

-- How a remote certificate is verified, for `core_outbound_tls_verify`.

---@class msys.core
msys.core = {}

--- It is not verified.
---@type integer
---@constant tls_verification
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-outbound-tls-verify
msys.core.EC_SSL_VERIFY_NONE = nil

--- A known authority must have signed it.
---@type integer
---@constant tls_verification
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-outbound-tls-verify
msys.core.EC_SSL_VERIFY_VALIDCA = nil

--- A known authority must have signed it, for the host that was connected to.
---@type integer
---@constant tls_verification
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-outbound-tls-verify
msys.core.EC_SSL_VERIFY_HOSTNAME = nil
