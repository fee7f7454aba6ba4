---@meta msys.tls_params

--- TLS parameters of single connections.
---@class msys.tls_params
---@page momentum/4/lua/ref-msys-tls-params-set
msys.tls_params = {}

--- The parameters that are texts.
---@alias msys.tls_params.name "certfile"|"keyfile"|"cipherlist"|"ca"

--- Sets a TLS parameter for this connection, in place of what the configuration says. Numbers, such as `use_tls`, are
--- set as fields of the parameters instead.
---@param tls_params ec_ssl_ctx_params The parameters that the hook was given.
---@param param msys.tls_params.name Which one: certificate file, key file, cipher list, file of trusted authorities.
---@param val string The value; a path for the files.
---@requires msys.tls_params
---@phase any
---@callout core_get_outbound_tls_parameters, core_get_inbound_tls_parameters
---@since 4=4.4
---@nilcrash tls_params, param, val
---@trap It works in the hooks that are given TLS parameters, and nowhere else.
---@trap Using the outbound hook resets the TLS configuration of that connection: set all that it needs.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-tls-params-set
function msys.tls_params.set(tls_params, param, val) end
