---@meta msys.pbp

--- The library behind Momentum 3's default policy. No page describes it; what is here was seen in samples and in the
--- default policy's settings.
---@class msys.pbp
---@undocumented
msys.pbp = {}

--- Tells whether the session is on one of the whitelists that a policy honours. Used in samples only.
---@param vctx validate_context The validation context of the session.
---@param honor table The names of the whitelists, or the policy's settings with them in `honor_whitelist`.
---@return boolean whitelisted True when it is.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity fixture
function msys.pbp.check_whitelist(vctx, honor) end

--- Checks that the client's address has a name and that the name leads back to the address. Used in samples only.
---@param ac accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@return boolean ok False when one of the two fails.
---@return string? rdns_error Why the address gives no name.
---@return string? fdns_error Why the name does not lead back.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity fixture
function msys.pbp.fcdns_check(ac, vctx) end

--- Puts the session on a whitelist, or takes it off. The dictionary may be left out. Used in samples and in an example.
---@param vctx validate_context The validation context of the session.
---@param type vctx_dictionary Whether for the connection or for the message alone.
---@param name string Name of the whitelist.
---@param on boolean True puts the session on it.
---@return unknown result Not documented.
---@overload fun(vctx: validate_context, name: string, on: boolean): unknown
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity modelled
function msys.pbp.set_whitelist(vctx, type, name, on) end

--- Turns a size such as `30m` into bytes. Used in samples only.
---@param size string|number The size, with `k`, `m` or `g` after the number.
---@return number bytes The size in bytes.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity modelled
function msys.pbp.size_in_bytes(size) end

---@class validate_context
local validate_context = {}

--- Sets the reply and returns what a `process_result` function of the default policy has to return. Seen in an example
--- only.
---@param code integer SMTP reply code.
---@param message string Text after the code.
---@return unknown action To be returned to the default policy.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity modelled
---@page momentum/3/3-policy/policy-default-configuration-dp-config-keyword-filter
function validate_context:pbp_action(code, message) end

--- Sets the reply, closes the connection, and returns what a `process_result` function of the default policy has to
--- return. Seen in an example only.
---@param code integer SMTP reply code.
---@param message string Text after the code.
---@return unknown action To be returned to the default policy.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity modelled
---@page momentum/3/3-policy/policy-default-configuration-msys-dp-config-rbls
function validate_context:pbp_disconnect(code, message) end

---@class accept_construct
local accept_construct = {}

--- Counts the sessions of a service from the client's network. Used in samples only.
---@param service service_type The service whose sessions are counted.
---@param mask string How much of the client's address counts: `/32` the client alone, `/0` everybody.
---@return integer count The number of sessions now.
---@requires msys.pbp
---@since 3=3.1
---@undocumented
---@fidelity modelled
function accept_construct:pbp_inbound_session_count_service(service, mask) end
