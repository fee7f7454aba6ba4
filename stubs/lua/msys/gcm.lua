---@meta msys.gcm

--- Push notifications by Google Cloud Messaging.
---@class msys.gcm
---@page momentum/4/lua/ref-msys-gcm-gcm-classify-error
msys.gcm = {}

-- What went wrong with a notification.

--- Nothing.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_NO_ERROR = 0

--- The service is busy; try again.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_UNAVAILABLE = 1

--- The request names no registration.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_MISSING_REGISTRATION = 2

--- The registration is malformed.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_INVALID_REGISTRATION = 3

--- The registration belongs to other senders.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_MISMATCH_SENDER_ID = 4

--- The device is no longer registered.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_NOT_REGISTERED = 5

--- The payload is too big.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_MESSAGE_TOO_BIG = 6

--- The payload has a key that is reserved.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_INVALID_DATA_KEY = 7

--- The time to live is out of range.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_INVALID_TTL = 8

--- The service failed; try again.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_INTERNAL_SERVER_ERROR = 9

--- The registration belongs to another package.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_INVALID_PACKAGE_NAME = 10

--- Any other error, as the Lua pages spell it.
---@trap The pages disagree on the spelling: `GCM_UNKNOW` here, `GCM_UNKNOWN` in the C API. A name that does not exist is nil, and compares unequal to every code.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_UNKNOW = nil

--- Any other error, as the C API's page spells it.
---@trap The pages disagree on the spelling: `GCM_UNKNOWN` here, `GCM_UNKNOW` in the Lua pages.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_UNKNOWN = nil

--- Failure, as the page of `gcm_response_eval` has it, without a Lua namespace.
---@type integer
---@constant msys.gcm.error_code
---@since 3=3.5.5 4=4.0
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
msys.gcm.GCM_ERROR = nil

--- Tells what a status means for the delivery.
---@param status integer The status, such as the number in the context variable `DLV_Response_Status`.
---@return msys.delivery.status outcome `msys.delivery.DELIVERY_SUCCESS`, `DELIVERY_TEMPFAILED` or `DELIVERY_PERMFAILED`.
---@requires msys.gcm
---@phase gcm_response_eval, http_response_eval, msg_dispose
---@since 3=3.5.5 4=4.0
---@nilcrash status
---@trap Context variables are texts: give `tonumber(value)`.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-gcm-gcm-classify-error
function msys.gcm.gcm_classify_error(status) end

--- Gives the number of an error that the service names in its answer.
---@param error string The error, such as `NotRegistered`.
---@return msys.gcm.error_code code
---@requires msys.gcm
---@phase gcm_response_eval, http_response_eval, msg_dispose
---@since 3=3.5.5 4=4.0
---@nilcrash error
---@trap The pages spell the code for unknown errors both `GCM_UNKNOW` and `GCM_UNKNOWN`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-gcm-gcm-get-result-error-code
function msys.gcm.gcm_get_result_error_code(error) end
