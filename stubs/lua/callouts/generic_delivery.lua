---@meta

--- Hook of HTTP delivery under the name that two of the documentation's examples use.
---@class generic_delivery_hooks
---@callouts generic_delivery
local generic_delivery_hooks = {}

--- Runs when the answer to a delivery by HTTP has arrived, like `http_response_eval`.
---@param sess http_session The outbound HTTP session with its response.
---@result 0 not handled: the next module that has this hook is asked
---@result 1 handled: no other module is asked
---@result msys.delivery.DELIVERY_CONTINUE the same as 0
---@result msys.delivery.DELIVERY_DONE the same as 1
---@requires msys.httpclnt
---@since 3=3.5.5 4=4.0
---@correction The reference page and the rule by which Lua names hooks make it `http_response_eval`: define that one. The results are that hook's.
---@page momentum/3/3-push/push-http-response-eval
function generic_delivery_hooks:generic_delivery_http_response_eval(sess) end
