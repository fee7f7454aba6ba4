---@meta msys.httpclnt

--- Delivery over HTTP: the request of an `http_session`, and what its answer means. Requiring it brings the methods
--- of `http_session`.
---@class msys.httpclnt
---@page momentum/4/lua/ref-msys-httpclnt-http-status-classifier
msys.httpclnt = {}

-- Names of context variables of a delivery over HTTP. They are texts; the page of the C module names them without a Lua
-- namespace.

--- User and password for basic authentication.
---@type string
---@constant msys.httpclnt.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.httpclnt.VCTX_KEY_BASIC_AUTH = nil

--- Host that the request goes to.
---@type string
---@constant msys.httpclnt.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.httpclnt.VCTX_KEY_HTTP_HOST = nil

--- Method of the request.
---@type string
---@constant msys.httpclnt.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.httpclnt.VCTX_KEY_HTTP_METHOD = nil

--- Path and query of the request.
---@type string
---@constant msys.httpclnt.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.httpclnt.VCTX_KEY_HTTP_URI = nil

--- HTTP version of the request.
---@type string
---@constant msys.httpclnt.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.httpclnt.VCTX_KEY_HTTP_VERSION = nil

--- Tells what an HTTP status means for the delivery.
---@param status integer The status, such as the number in the context variable `DLV_Response_Status`.
---@return msys.delivery.status outcome `msys.delivery.DELIVERY_SUCCESS` or `msys.delivery.DELIVERY_PERMFAILED`.
---@requires msys.httpclnt, msys.delivery
---@phase http_response_eval
---@callout http_response_eval
---@since 3=3.6 4=4.0
---@nilcrash status
---@trap It is meant for the callout `http_response_eval`.
---@trap `msys.delivery` must be required too, for the results.
---@trap Context variables are texts: give `tonumber(value)`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-httpclnt-http-status-classifier
function msys.httpclnt.http_status_classifier(status) end
