---@meta msys.apn

--- Push notifications by Apple's service.
---@class msys.apn
---@page momentum/4/lua/ref-msys-apn-apn-status-classifier
msys.apn = {}

-- What went wrong with a notification: `resp.status` in `apn_response_eval`.

--- Nothing.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_NO_ERROR = nil

--- The service failed.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_PROCESSING_ERROR = nil

--- The request names no device.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_MISSING_DEVICE_TOKEN = nil

--- The request names no topic.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_MISSING_TOPIC = nil

--- The request has no payload.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_MISSING_PAYLOAD = nil

--- The device token has a wrong length.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_INVALID_TOKEN_SIZE = nil

--- The topic has a wrong length.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_INVALID_TOPIC_SIZE = nil

--- The payload is too big.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_INVALID_PAYLOAD_SIZE = nil

--- The device token is not valid.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_INVALID_TOKEN = nil

--- The service closes the connection.
---@type integer
---@constant msys.apn.status
---@page momentum/3/3-push/push-apns-lua
msys.apn.APNS_SHUTDOWN = nil

--- Tells what a status means for the delivery.
---@param status integer|msys.apn.status The status, such as the number in the context variable `DLV_Response_Status`.
---@return msys.delivery.status outcome `msys.delivery.DELIVERY_SUCCESS`, `DELIVERY_TEMPFAILED` or `DELIVERY_PERMFAILED`.
---@requires msys.apn
---@phase apn_response_eval, msg_dispose
---@since 3=3.5.5 4=4.0
---@nilcrash status
---@trap Context variables are texts: give `tonumber(value)`.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-apn-apn-status-classifier
function msys.apn.apn_status_classifier(status) end
