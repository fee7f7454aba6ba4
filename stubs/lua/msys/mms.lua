---@meta msys.mms

--- Multimedia messages over MM7 (Momentum for mobile): constants of its hooks.
---@class msys.mms
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-request-hook
msys.mms = {}

-- What an MM7 hook returns.

--- Go on with what the server would do.
---@type integer
---@constant msys.mms.result
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-response-hook-interface
msys.mms.MM7_CONTINUE = 0

--- The message failed for now.
---@type integer
---@constant msys.mms.result
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-response-hook-interface
msys.mms.MM7_TEMP_FAIL = 1

--- The message failed for good.
---@type integer
---@constant msys.mms.result
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-response-hook-interface
msys.mms.MM7_PERM_FAIL = 2

--- Take the message for delivered.
---@type integer
---@constant msys.mms.result
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-response-hook-interface
msys.mms.MM7_DELIVERED = 3

-- Names of message context variables; the pages give them without a Lua namespace.

--- Identity of the provider.
---@page momentum/mobile/mobile-quick-start/quickmob-mm-7-specific
---@type string
---@constant msys.mms.variable
msys.mms.MM7_VASPID = nil

--- Identity of the provider's service.
---@page momentum/mobile/mobile-quick-start/quickmob-mm-7-specific
---@type string
---@constant msys.mms.variable
msys.mms.MM7_VASID = nil

--- Whether a delivery report is asked for.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_DELIVERY_REPORT = nil

--- Class of the message.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_MESSAGE_CLASS = nil

--- Length of the content, in bytes.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_MIME_LENGTH = nil

--- Address of the message centre.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_MMSC_IP_ADDRESS = nil

--- Prefix of the number.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_NUMBER_PREFIX = nil

--- Whether a report of reading is asked for.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_READ_REPLY = nil

--- Whether the sender pays for the reply.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_REPLY_CHARGING = nil

--- How big such a reply may be, in bytes.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_REPLY_CHARGING_SIZE = nil

--- Until when such a reply may come.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_REPLY_DEADLINE = nil

--- Elements to add to the request.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_REQUEST_IE_EXTENDED = nil

--- Identity that the centre gave the message.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_RESPONSE_MESSAGE_ID = nil

--- Status that the centre answered.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_RESPONSE_STATUS = nil

--- The status in words.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_RESPONSE_STATUS_DETAIL = nil

--- Address of the sender.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_SENDER_ADDRESS = nil

--- Code of the service, for billing.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_SERVICE_CODE = nil

--- Address that the message comes from.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_SOURCE_ADDRESS = nil

--- Identity of the exchange.
---@type string
---@constant msys.mms.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-mm-7-vasp
msys.mms.VCTX_KEY_MM7_TRANS_ID = nil
