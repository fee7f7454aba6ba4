---@meta

--- Hooks of short messages (SMPP) in Momentum for Mobile. MO is a message from a mobile, MT one to a mobile.
---@class smpp_hooks
---@callouts smpp
local smpp_hooks = {}

--- Runs for each PDU (`deliver_sm`, `data_sm`) that comes in from a mobile, before anything is made of it. It
--- may be changed.
---@param pdu SMPP_PDU The PDU.
---@result 0 go on; the answer's status is 0
---@result positive drop the PDU; the number is the answer's status
---@result -1 drop the PDU; the answer's status is 0
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpppdumo-evaluation-hook-interface
function smpp_hooks:smpp_MO_pdu_eval(pdu) end

--- Runs for each PDU (`submit_sm`, `data_sm`) that goes out to a mobile, before it is sent. It may be changed.
---@param pdu SMPP_PDU The PDU.
---@result msys.smpp.SMPP_CONTINUE send it
---@result msys.smpp.SMPP_DELIVERED drop it, and treat the message as delivered
---@result msys.smpp.SMPP_TEMPFAILED defer the message
---@result msys.smpp.SMPP_PERMFAILED fail the message for good
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpppdumt-evaluation-hook-interface
function smpp_hooks:smpp_MT_pdu_eval(pdu) end

--- Runs for each delivery receipt, to learn what became of a message that was submitted.
---@param pdu SMPP_PDU The receipt.
---@result msys.smpp.SMPP_CONTINUE go on
---@result msys.smpp.SMPP_DELIVERED drop the receipt
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@correction The page lists the results without a word; their meaning is taken from `smpp_MT_pdu_eval`.
---@page momentum/mobile/mobile-developer-guide/smpp-delivery-receipt-evaluation-hook-interface
function smpp_hooks:smpp_DR_pdu_eval(pdu) end

--- Runs when a short message from a mobile is turned into mail.
---
--- The mail is shaped by message context variables: `MO_Email_From_Address`, `MO_Email_To_Address`,
--- `MO_Email_Subject`, `MO_Email_Data_Coding`, and the blob `MO_Email_Text`.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONTINUE convert; changed context variables hold
---@result msys.smpp.SMPP_DELIVERED drop it, and treat it as delivered
---@result msys.smpp.SMPP_PERMFAILED fail it for good
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smppmo-conversion-hook-interface
function smpp_hooks:smpp_MO_conversion(msg) end

--- Runs when a mail is turned into a short message to a mobile.
---
--- The short message is shaped by message context variables: `SMS_Destination_Address`, `SMS_Destination_NPI`,
--- `SMS_Destination_TON`, `SMS_Destination_Flag`, `SMS_Source_Address`, `SMS_Source_NPI`, `SMS_Source_TON`,
--- `SMS_Registered_Delivery`, `SMS_Data_Coding`, and the blob `SMS_Text`. The mail's own text is `msg:text()`.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONTINUE convert; changed context variables hold
---@result msys.smpp.SMPP_DELIVERED drop it, and treat it as delivered
---@result msys.smpp.SMPP_PERMFAILED fail it for good
---@result msys.smpp.SMPP_TEMPFAILED defer it
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@trap A script that sets `SMS_Text` must set `SMS_Data_Coding` to fit.
---@page momentum/mobile/mobile-developer-guide/smppmt-conversion-hook
function smpp_hooks:smpp_MT_conversion(msg) end

--- Runs before a short message from a mobile is turned into mail.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONVERT_CONT convert as usual
---@result msys.smpp.SMPP_CONVERT_SUPPRESS the script has set all MO context variables: no further conversion, and go on
---@result msys.smpp.SMPP_CONVERT_CANCEL stop here
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@trap Before Mobile Momentum 2.1 the module and the constants were in `msys.mobility`.
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
function smpp_hooks:smpp_MO_pre_conversion(msg) end

--- Runs after a short message from a mobile was turned into mail.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONVERT_CONT go on
---@result msys.smpp.SMPP_CONVERT_CANCEL stop here
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@trap Before Mobile Momentum 2.1 the module and the constants were in `msys.mobility`.
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
function smpp_hooks:smpp_MO_post_conversion(msg) end

--- Runs before a mail is turned into a short message to a mobile.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONVERT_CONT convert as usual
---@result msys.smpp.SMPP_CONVERT_SUPPRESS the script has set all MT context variables: no further conversion, and go on
---@result msys.smpp.SMPP_CONVERT_CANCEL stop here
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@trap Before Mobile Momentum 2.1 the module and the constants were in `msys.mobility`.
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
function smpp_hooks:smpp_MT_pre_conversion(msg) end

--- Runs after a mail was turned into a short message to a mobile.
---@param msg ec_message The message.
---@result msys.smpp.SMPP_CONVERT_CONT go on
---@result msys.smpp.SMPP_CONVERT_CANCEL stop here
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@trap Before Mobile Momentum 2.1 the module and the constants were in `msys.mobility`.
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
function smpp_hooks:smpp_MT_post_conversion(msg) end

--- Runs when the answer to a submitted short message has arrived: to have a failed one tried again, or to keep
--- the message ID in the answer for the delivery receipt that will name it.
---@param msg ec_message The message that was submitted.
---@param pdu SMPP_PDU The answer.
---@result msys.smpp.SMPP_CONTINUE act as the answer's status says
---@result msys.smpp.SMPP_DELIVERED treat the message as delivered
---@result msys.smpp.SMPP_PERMFAILED fail the message for good
---@result msys.smpp.SMPP_TEMPFAILED defer the message
---@requires msys.smpp
---@since 3=3.0 4=4.0
---@correction The page lists the results without a word; their meaning is taken from `smpp_MT_pdu_eval`.
---@page momentum/mobile/mobile-developer-guide/smpp-submit-response-hook-interface
function smpp_hooks:smpp_submit_response(msg, pdu) end

--- Runs after a short message was submitted, before the message is stored for a later retry: to keep it from
--- being stored, or to store it elsewhere.
---@param msg ec_message The message that was submitted.
---@param bucket string Where the message is stored: `MADR-` with the short code.
---@param msgid string ID under which the message is stored.
---@result msys.mstore.MSTORE_CONTINUE store the message
---@result msys.mstore.MSTORE_DONE do not store it
---@result nonzero the same as `MSTORE_DONE`
---@requires msys.mstore
---@since 3=3.3 4=4.0
---@trap Runs only where the `mstore` module is loaded and `smpp_registered_delivery` asks for receipts.
---@page momentum/mobile/mobile-reference/mobility-message-retry
function smpp_hooks:smpp_store_submit(msg, bucket, msgid) end

--- Runs when a delivery receipt says that a submitted message was not delivered, before a bounce is made.
---
--- The stored message can be fetched with `msys.mstore.load(bucket, msgid)` and sent another way.
---@param bucket string Where the message is stored: `MADR-` with the short code.
---@param msgid string ID under which the message is stored.
---@result msys.smpp.SMPP_CONTINUE send a bounce to the message's sender
---@result msys.smpp.SMPP_DELIVERED send no bounce
---@requires msys.mstore
---@since 3=3.3 4=4.0
---@page momentum/mobile/mobile-reference/mobility-message-retry
function smpp_hooks:smpp_handle_DR_negative(bucket, msgid) end

--- Runs when a delivery receipt says that a submitted message was delivered: the place to remove the stored
--- message with `msys.mstore.delete(bucket, msgid)`.
---@param bucket string Where the message is stored: `MADR-` with the short code.
---@param msgid string ID under which the message is stored.
---@result msys.smpp.SMPP_CONTINUE go on as usual
---@result msys.smpp.SMPP_DELIVERED skip what the server would do
---@requires msys.mstore
---@since 3=3.3 4=4.0
---@correction The page repeats the words of the negative hook, a bounce; what the server does after a good receipt is not said.
---@page momentum/mobile/mobile-reference/mobility-message-retry
function smpp_hooks:smpp_handle_DR_positive(bucket, msgid) end

--- Runs to log a short message that was received from a mobile, whether or not it could be converted.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it could not be processed; empty where it could.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-reception-hook-interface
function smpp_hooks:smpp_log_reception(conn, msg, error) end

--- Runs to log the conversion of a message from or to a short message.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param event string `smpp to ec_message` from a mobile, `ec_message to smpp` to a mobile.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-conversion-hook-interface
function smpp_hooks:smpp_log_conversion(conn, msg, event) end

--- Runs to log a message that was submitted with success.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param segment_no integer Number of segments that the message was sent in.
---@param message_ids string[] The IDs that the remote side gave to the segments.
---@ignored
---@since 3=3.0 4=4.0
---@trap `message_ids` is an array of C: its indices run from 0 to `segment_no - 1`, and any other crashes the server.
---@page momentum/mobile/mobile-developer-guide/smpp-log-delivery-hook-interface
function smpp_hooks:smpp_log_delivery(conn, msg, segment_no, message_ids) end

--- Runs to log, in the main log, a submission that failed for good.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it failed.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-permfail-hook-interface
function smpp_hooks:smpp_log_permfail(conn, msg, error) end

--- Runs to log, in the main log, a submission that failed for now and will be tried again.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it failed, where that is known.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-tempfail-hook-interface
function smpp_hooks:smpp_log_tempfail(conn, msg, error) end

--- Runs to log the state that a delivery receipt gives for a message.
---
--- The message context variables `#mess_stat` (state), `#mess_id` (ID that the remote side gave) and
--- `#mess_type` (kind of receipt) hold it.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string The error that the receipt carries, if any.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-status-hook-interface
function smpp_hooks:smpp_log_status(conn, msg, error) end

--- Runs to log, in the bounce log, a submission that failed for good, as `smpp_log_permfail` does for the main
--- log.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it failed.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-inband-bounce-hook-interface
function smpp_hooks:smpp_log_bounce_inband(conn, msg, error) end

--- Runs to log, in the bounce log, a delivery receipt that says that a message failed.
---
--- The message context variables `#mess_stat`, `#mess_id` and `#mess_type` are those of `smpp_log_status`.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it failed, where that is known.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-outband-bounce-hook-interface
function smpp_hooks:smpp_log_bounce_outband(conn, msg, error) end

--- Runs to log, in the bounce log, a submission that failed for now, as `smpp_log_tempfail` does for the main
--- log.
---@param conn smpp_conn The SMPP connection.
---@param msg ec_message The message.
---@param error string Why it failed, where that is known.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/smpp-log-transient-bounce-hook-interface
function smpp_hooks:smpp_log_bounce_transient(conn, msg, error) end
