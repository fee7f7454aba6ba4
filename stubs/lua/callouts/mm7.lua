---@meta

--- Hooks of multimedia messaging (MM7) in Momentum for Mobile.
---@class mm7_hooks
---@callouts mm7
local mm7_hooks = {}

--- Runs for each message that is delivered to an MM7 domain, before it becomes an MM7 SubmitReq.
---
--- The request is shaped by message context variables: `MM7_Delivery_Report`, `MM7_Read_Reply`,
--- `MM7_Reply_Charging`, `MM7_Reply_Charging_Size`, `MM7_Reply_Deadline`, `MM7_Service_Code`,
--- `MM7_Sender_Address`, `MM7_Source_Address` (for the log only), `MM7_Message_Class`,
--- `MM7_Request_IE_Extended`. `msys.mms` has their names as `VCTX_KEY_MM7_*`.
---@param msg ec_message The message; it may be changed.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-request-hook-interface
function mm7_hooks:mm7_pre_submit(msg) end

--- Runs when the answer to a submitted message has been parsed, before it is acted upon: to have a failed
--- message tried again, for instance.
---
--- The answer is in the message context variables `MM7_Response_Status`, `MM7_Response_Status_Detail` and
--- `MM7_Response_Message_ID`; they may be changed.
---@param msg ec_message The message that was submitted.
---@result msys.mms.MM7_CONTINUE act as the answer's status says
---@result msys.mms.MM7_TEMP_FAIL treat the message as deferred
---@result msys.mms.MM7_PERM_FAIL treat the message as failed for good
---@result msys.mms.MM7_DELIVERED treat the message as delivered
---@requires msys.mms
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-client-submit-response-hook-interface
function mm7_hooks:mm7_handle_submitRsp(msg) end

--- Runs for each MM7 request that the server receives (a delivered message, a delivery report or a read reply),
--- after its SOAP envelope was parsed.
---
--- Attachment, parsed tags and recipients may be changed. Status code, texts and service code of the answer are
--- empty and may be set.
---@param trx mm7_transaction The request.
---@result msys.mms.MM7_CONTINUE go on: convert the request into a message
---@result msys.mms.MM7_DELIVERED treat it as delivered: it is not converted, and that counts as no failure
---@result msys.mms.MM7_PERM_FAIL treat it as failed for good
---@requires msys.mms
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-server-received-message-hook-interface
function mm7_hooks:mm7_request_eval(trx) end

--- Runs after a message was submitted over MM7, before it is stored for a later retry: to keep it from being
--- stored, or to store it elsewhere.
---@param msg ec_message The message that was submitted.
---@param bucket_id string Where the message is stored: `MADR-` with the short code, or `MADR-MM7`.
---@param msgid string ID under which the message is stored.
---@result msys.mstore.MSTORE_CONTINUE store the message
---@result msys.mstore.MSTORE_DONE do not store it
---@requires msys.mstore
---@since 3=3.3 4=4.0
---@trap Runs only where `mm7_mstore_save_message` is on and the `mstore` module is loaded.
---@page momentum/mobile/mobile-reference/mobility-message-retry
function mm7_hooks:mm7_store_submit_hook(msg, bucket_id, msgid) end

--- Runs when a delivery report says that a submitted message was not delivered (expired, rejected,
--- unrecognised, or its delivery condition not met), before the report is acknowledged and a bounce is made.
---
--- The stored message can be fetched with `msys.mstore.load(bucket_id, msgid)` and sent another way.
---@param mm7_trx mm7_transaction The report.
---@param bucket_id string Where the message is stored: `MADR-` with the short code, or `MADR-MM7`.
---@param msgid string ID under which the message is stored.
---@result msys.mms.MM7_CONTINUE send a bounce to the message's sender
---@result msys.mms.MM7_DELIVERED send no bounce
---@requires msys.mms
---@since 3=3.3 4=4.0
---@page momentum/mobile/mobile-reference/mobility-message-retry
function mm7_hooks:mm7_handle_DR_negative(mm7_trx, bucket_id, msgid) end

--- Runs when a delivery report says that a submitted message was delivered: the place to remove the stored
--- message with `msys.mstore.delete(bucket_id, msgid)`.
---@param mm7_trx mm7_transaction The report.
---@param bucket_id string Where the message is stored: `MADR-` with the short code, or `MADR-MM7`.
---@param msgid string ID under which the message is stored.
---@ignored
---@requires msys.mms
---@since 3=3.3 4=4.0
---@page momentum/mobile/mobile-reference/mobility-message-retry
function mm7_hooks:mm7_handle_DR_positive(mm7_trx, bucket_id, msgid) end

--- Runs to log a request that was received over MM7: a delivered message, a delivery report or a read reply.
--- Most of what MM7 brought is in message context variables.
---@param msg ec_message The message made from the request.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-reception-hook-interface
function mm7_hooks:mms_log_reception(msg) end

--- Runs to log the conversion of a message from or to MM7. `msg.recv_method` tells the direction:
--- `msys.core.P_MM7` where it came from MM7. Most of what MM7 brought is in message context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-conversion-hook-interface
function mm7_hooks:mms_log_conversion(msg) end

--- Runs to log a message that was submitted over MM7 with success. Most of what MM7 brought is in message
--- context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-delivery-hook-interface
function mm7_hooks:mms_log_delivery(msg) end

--- Runs to log, in the main log, a submission over MM7 that failed for good. Most of what MM7 brought is in
--- message context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-permfail-hook-interface
function mm7_hooks:mms_log_permfail(msg) end

--- Runs to log, in the main log, a submission over MM7 that failed for now and will be tried again. Most of
--- what MM7 brought is in message context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-tempfail-hook-interface
function mm7_hooks:mms_log_tempfail(msg) end

--- Runs to log the status that a delivery report gives. Most of what MM7 brought is in message context
--- variables.
---@param msg ec_message The message made from the delivery report, not the one that was submitted.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-status-hook-interface
function mm7_hooks:mms_log_status(msg) end

--- Runs to log, in the bounce log, a submission over MM7 that failed for good, as `mms_log_permfail` does for
--- the main log. Most of what MM7 brought is in message context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-inband-bounce-hook-interface
function mm7_hooks:mms_log_bounce_inband(msg) end

--- Runs to log, in the bounce log, a delivery report that says that a message expired, was rejected or
--- unrecognised, or did not meet its delivery condition. Most of what MM7 brought is in message context
--- variables.
---@param msg ec_message The message made from the delivery report.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-outband-bounce-hook-interface
function mm7_hooks:mms_log_bounce_outband(msg) end

--- Runs to log, in the bounce log, a submission over MM7 that failed for now, as `mms_log_tempfail` does for
--- the main log. Most of what MM7 brought is in message context variables.
---@param msg ec_message The message.
---@ignored
---@since 3=3.0 4=4.0
---@page momentum/mobile/mobile-developer-guide/mm-7-log-transient-bounce-hook-interface
function mm7_hooks:mms_log_bounce_transient(msg) end
