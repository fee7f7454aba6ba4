---@meta msys.delivery

--- Delivery by protocols other than SMTP: the message of a session, and what became of it.
---@class msys.delivery
---@page momentum/4/lua/ref-msys-delivery-ob-get-current-message
msys.delivery = {}

-- What a delivery hook decides, and what a classifier finds.

--- Go on with what the server would do.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_CONTINUE = 0

--- The hook dealt with the message; the server does nothing more about it.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_DONE = 1

--- The message was delivered.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_SUCCESS = 2

--- It failed for now, and is tried again.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_TEMPFAILED = 3

--- It failed for good.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_PERMFAILED = 4

--- Failure, as the examples of the HTTP callouts return it.
---@trap No page lists it; `DELIVERY_TEMPFAILED` and `DELIVERY_PERMFAILED` say what is meant.
---@type integer
---@constant msys.delivery.status
---@since 3=3.5.5 4=4.0
---@page momentum/3/3-push/push-generic-delivery-lua
msys.delivery.DELIVERY_FAIL = nil

-- Names of context variables of a delivery. They are texts; the pages of the C modules name them without a Lua namespace.

--- Address that the message goes to.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_DEST_ADDRESS = nil

--- Identity that the message goes to, such as a device's registration.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_DEST_ID = nil

--- Length of what was sent, in bytes.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_MSG_LENGTH = nil

--- Address of the remote server.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_REMOTE_IP_ADDRESS = nil

--- Status that the remote server answered; there is none when all went well.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_RESPONSE_STATUS = nil

--- The status in words.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_RESPONSE_STATUS_DETAIL = nil

--- Address that the message comes from.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_SOURCE_ADDRESS = nil

--- Identity that the message comes from.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_SOURCE_ID = nil

--- Identity of the exchange with the remote server.
---@type string
---@constant msys.delivery.variable
---@page momentum/3/3-api/custom-channels-momo-module-api
msys.delivery.VCTX_KEY_DLV_TRANSACTION_ID = nil

--- Gives the message that a delivery session is busy with.
---@param connh userdata The session's `connh` field.
---@return ec_message? msg nil when the session has none.
---@requires msys.delivery
---@phase http_response_eval
---@callout http_request_eval, http_response_eval
---@since 3=3.5.5 4=4.0
---@nilcrash connh
---@trap It takes `sess.connh`, not `sess`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-delivery-ob-get-current-message
function msys.delivery.ob_get_current_message(connh) end
