---@meta msys.pbp

--- Helpers of the default policy that comes with Momentum 3. They have no page; what is known is how samples use
--- them.
---@class msys.pbp
---@undocumented
---@page momentum/3/3-policy/policy-default-configuration
msys.pbp = {}

--- Tells whether a client or message is on one of the whitelists that a policy honors.
---@param vctx validate_context
---@param conf table Names of the lists, or the policy's options with those names in `honor_whitelist`.
---@return boolean whitelisted
---@requires msys.pbp
---@undocumented
---@fidelity modelled
function msys.pbp.check_whitelist(vctx, conf) end

--- Puts a client or message on a whitelist, or takes it off.
---@param vctx validate_context
---@param name string Name of the list, as policies have it in `honor_whitelist`.
---@param value boolean true puts it on the list.
---@overload fun(vctx: validate_context, dictionary: vctx_dictionary, name: string, value: boolean)
---@requires msys.pbp
---@undocumented
---@trap The default policy's page calls it with three arguments, one sample with a context dictionary as second of four.
---@fidelity modelled
---@page momentum/3/3-policy/policy-default-configuration
function msys.pbp.set_whitelist(vctx, name, value) end

--- Tells whether the client's address has a name in the DNS that leads back to the address. The name is left in the
--- connection context variable `reverse_dns`.
---@param ac accept_construct
---@param vctx validate_context
---@return boolean success
---@return string? rdns_error What went wrong when the name was asked for, such as `NXDOMAIN`.
---@return string? fdns_error What went wrong when the address was asked for.
---@requires msys.pbp
---@undocumented
---@fidelity fixture
function msys.pbp.fcdns_check(ac, vctx) end

--- Reads a size with a unit, such as `20MB`.
---@param size string|number The size.
---@return integer bytes
---@requires msys.pbp
---@undocumented
---@fidelity modelled
function msys.pbp.size_in_bytes(size) end

---@class validate_context
local validate_context = {}

--- Refuses what the client just asked for, as the default policy does: `return vctx:pbp_action(554, "text")`.
---@param code integer SMTP code.
---@param message string Text of the answer.
---@return validate_result result What the callout is to return.
---@requires msys.pbp
---@undocumented
---@fidelity modelled
---@page momentum/3/3-policy/policy-default-configuration-dp-config-keyword-filter
function validate_context:pbp_action(code, message) end

--- Refuses the client and ends the session, as the default policy does: `return vctx:pbp_disconnect(554, "text")`.
---@param code integer SMTP code.
---@param message string Text of the answer.
---@return validate_result result What the callout is to return.
---@requires msys.pbp
---@undocumented
---@fidelity modelled
---@page momentum/3/3-policy/policy-default-configuration-msys-dp-config-rbls
function validate_context:pbp_disconnect(code, message) end

---@class accept_construct
local accept_construct = {}

--- Counts the sessions that are open now from the client's network to a service.
---@param service string Name of the service, such as `SMTP`.
---@param mask string Size of the network, such as `/32` for the client alone or `/0` for all.
---@return integer count
---@requires msys.pbp
---@undocumented
---@fidelity modelled
function accept_construct:pbp_inbound_session_count_service(service, mask) end
