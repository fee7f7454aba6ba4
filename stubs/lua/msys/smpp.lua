---@meta msys.smpp

--- Text messages over SMPP (Momentum for mobile): constants of its hooks and access to the texts.
---
--- The texts of a message are kept as blobs under a key; addresses and codings are message context variables, whose
--- names the `VCTX_KEY_…` constants give.
---@class msys.smpp
---@page momentum/mobile/mobile-developer-guide/developerand-customization
msys.smpp = {}

-- What an SMPP hook returns.

--- Go on with what the server would do.
---@type integer
---@constant msys.smpp.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.smpp.SMPP_CONTINUE = 0

--- The message failed for now.
---@type integer
---@constant msys.smpp.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.smpp.SMPP_TEMPFAILED = nil

--- The message failed for good.
---@type integer
---@constant msys.smpp.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.smpp.SMPP_PERMFAILED = nil

--- Take the message for delivered.
---@type integer
---@constant msys.smpp.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.smpp.SMPP_DELIVERED = 3

-- What a conversion hook returns.

--- Convert as usual.
---@type integer
---@constant msys.smpp.conversion
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
msys.smpp.SMPP_CONVERT_CONT = nil

--- Do not go on with the message.
---@type integer
---@constant msys.smpp.conversion
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
msys.smpp.SMPP_CONVERT_CANCEL = nil

--- The hook converted it; the server does not.
---@type integer
---@constant msys.smpp.conversion
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
msys.smpp.SMPP_CONVERT_SUPPRESS = nil

-- Keys of the texts of a message.

--- Text of the SMS.
---@type string
---@constant msys.smpp.blob_key
---@page momentum/3/3-api/apis-smpp-read-msg-text-blob
msys.smpp.BLOB_KEY_SMS_TEXT = nil

--- Text of the mail that a received SMS becomes.
---@type string
---@constant msys.smpp.blob_key
---@page momentum/3/3-api/apis-smpp-read-msg-text-blob
msys.smpp.BLOB_KEY_MO_EMAIL_TEXT = nil

-- Names of message context variables.

--- Sender of the mail that a received SMS becomes.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_MO_EMAIL_FROM_ADDRESS = nil

--- Recipient of that mail.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_MO_EMAIL_TO_ADDRESS = nil

--- Subject of that mail.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_MO_EMAIL_SUBJECT = nil

--- Character coding of that mail.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_MO_EMAIL_DATA_CODING = nil

--- Number that the SMS comes from.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_SRC_ADDRESS = nil

--- Type of that number.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_SRC_TON = nil

--- Numbering plan of that number.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_SRC_NPI = nil

--- Number that the SMS goes to.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_DST_ADDRESS = nil

--- Type of that number.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_DST_TON = nil

--- Numbering plan of that number.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_DST_NPI = nil

--- Whether the destination is a number or a distribution list.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_DST_FLAG = nil

--- Character coding of the SMS.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_DATA_CODING = nil

--- Whether a delivery receipt is asked for.
---@type string
---@constant msys.smpp.variable
---@page momentum/mobile/mobile-developer-guide/dc-developing-applicationsforthe-smppesme
msys.smpp.VCTX_KEY_SMS_REGISTERED_DELIVERY = nil

--- Pathway of the message.
---@page momentum/3/3-api/apis-ec-message-get-pathway
---@type string
---@constant msys.smpp.variable
msys.smpp.VCTX_KEY_PATHWAY = nil

--- A text in the server's memory.
---@class msys.smpp.text
---@field buffer string The text.

--- Reads a text of a message.
---@param msg ec_message
---@param key msys.smpp.blob_key Which text.
---@return msys.smpp.text? text Its `buffer` is the text; nil when there is none under that key.
---@requires msys.smpp
---@nilcrash msg, key
---@trap Check for nil before you read `.buffer`.
---@fidelity fixture
---@page momentum/mobile/mobile-developer-guide/developerand-customization
function msys.smpp.smpp_read_msg_text_blob(msg, key) end

--- Writes a text of a message.
---@param msg ec_message
---@param key msys.smpp.blob_key Which text.
---@param text string The text.
---@overload fun(msg: ec_message, text: string, length: integer, key: msys.smpp.blob_key)
---@requires msys.smpp
---@nilcrash msg, key, text
---@trap The C function of that name takes text, length and key in this order, and so does one Lua example; the others give the key before the text.
---@fidelity recorded
---@page momentum/3/3-api/apis-smpp-write-msg-text-blob
function msys.smpp.smpp_write_msg_text_blob(msg, key, text) end

--- Gives the message identity in an answer of the SMS centre.
---@param pdu SMPP_PDU As `smpp_submit_response` gets it.
---@return string id
---@requires msys.smpp
---@undocumented
---@nilcrash pdu
---@fidelity fixture
---@page momentum/mobile/mobile-developer-guide/smpp-submit-response-hook-examples
function msys.smpp.smpp_get_message_id_from_pdu(pdu) end

--- Gives the text of a received SMS or delivery receipt.
---@param pdu SMPP_PDU As `smpp_DR_pdu_eval` gets it.
---@return string text
---@requires msys.smpp
---@undocumented
---@nilcrash pdu
---@fidelity fixture
---@page momentum/mobile/mobile-developer-guide/smpp-delivery-receipt-evaluation-hook-examples
function msys.smpp.smpp_get_deliver_mo_msg(pdu) end

--- The name `smpp` in a public sample: its own local variable for `msys.smpp`, not a global.
---@class smpp
---@receiver smpp
---@undocumented
local smpp = {}

--- The same as `msys.smpp.SMPP_CONTINUE`.
---@type integer
---@constant msys.smpp.result
---@undocumented
smpp.SMPP_CONTINUE = 0
