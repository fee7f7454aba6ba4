---@meta msys.extended.message_routing

--- Choosing the routing domain of a message. Requiring the module installs a hook that every message then passes.
---@class msys.extended.message_routing
---@trap Requiring it alone costs time for each message: set `keep_message_dicts_in_memory` to true.
---@page momentum/4/lua/ref-msg-routing-domain
msys.extended.message_routing = {}

---@class ec_message
local ec_message = {}

--- Reads the domain by which the message is routed, or sets it.
---@param domain? string The new routing domain, in lower case; left out: only read.
---@return string domain The routing domain of the message.
---@requires msys.extended.message_routing
---@phase rcptto, data_spool_each_rcpt
---@callout validate_rcptto, validate_data_spool_each_rcpt, validate_set_binding
---@advised
---@since 3=3.0 4=4.0
---@trap Setting works only with `require("msys.extended.message_routing")`, which installs the hook; that alone can slow the server down.
---@trap Set `keep_message_dicts_in_memory` to true, else each message costs more and the server may stop answering.
---@trap Give the domain in lower case.
---@trap In `validate_rcptto` it changes the whole batch; in `validate_data_spool_each_rcpt` one recipient.
---@correction The overview does not list `set_binding`, and no page forbids it there: it is taken to be fine.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-routing-domain
function ec_message:routing_domain(domain) end
