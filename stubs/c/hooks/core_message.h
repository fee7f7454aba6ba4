/* Hooks in the making and reading of messages: headers, MIME parts, splitting, forwarding. */

/**
 * Runs on reception of a message with a part for another channel (MCMT: SMS, MMS, push), to change that part.
 * To refuse the message, set code and text of the reply with `ec_message_set_code` first.
 *
 * @hook core
 * @name core_ec_message_mcmt_fixup
 * @param msg The message.
 * @result msys.core.EC_MSG_MCMT_OK go on with the next hook
 * @result msys.core.EC_MSG_MCMT_INVALID reject the message for good; no other hook runs
 * @result msys.core.EC_MSG_MCMT_ERROR reject the message for now; no other hook runs
 * @since 3=3.1 4=4.0
 * @page momentum/3/3-api/hooks-core-ec-message-mcmt-fixup
 */
int ec_message_mcmt_fixup(void *closure, ec_message *msg);

/**
 * Asked, on reception of a message with a part for another channel (MCMT), how such messages are treated.
 * What the last hook returns holds. To refuse the message, set code and text of the reply with
 * `ec_message_set_code` first.
 *
 * @hook core
 * @name core_ec_message_mcmt_pre_fixup
 * @param msg The message.
 * @param mcmt_reception The configured treatment, or what the hook before returned: one of the results.
 * @result msys.core.MCMT_RECEPTION_ALLOW accept and convert
 * @result msys.core.MCMT_RECEPTION_PASSTHRU let it pass as it is
 * @result msys.core.MCMT_RECEPTION_REJECT reject the message; no other hook runs
 * @since 3=3.1 4=4.0
 * @page momentum/3/3-api/hooks-core-ec-message-mcmt-pre-fixup
 */
int ec_message_mcmt_pre_fixup(void *closure, ec_message *msg, int mcmt_reception);

/**
 * Asked for the content type and character set of a MIME part, in place of what the parser found.
 *
 * @hook core
 * @name core_ec_message_part_get_content_type
 * @param part The MIME part.
 * @param content_type_buf Takes the content type.
 * @param ct_len Size of `content_type_buf` in bytes.
 * @param charset_buf Takes the character set; may be nil.
 * @param charset_len Size of `charset_buf` in bytes.
 * @result msys.core.EC_MESSAGE_GET_CONTENT_TYPE_HOOK_CONT not handled: the next hook, then the parser
 * @result msys.core.EC_MESSAGE_GET_CONTENT_TYPE_HOOK_OK the buffers hold; no other hook runs
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-ec-message-part-get-content-type
 */
int ec_message_part_get_content_type(void *closure, ec_message_part *part, char *content_type_buf, int ct_len,
    char *charset_buf, int charset_len);

/**
 * Asked for the content type and character set of a MIME part by the parser of Sieve's macros;
 * `core_ec_message_part_get_content_type` is the one that is usually wanted.
 *
 * @hook core
 * @name core_ec_mime_component_extract_content_type
 * @param part The MIME part.
 * @param content_type_buf Takes the content type.
 * @param ct_len Size of `content_type_buf` in bytes.
 * @param charset_buf Takes the character set.
 * @param charset_len Size of `charset_buf` in bytes.
 * @result msys.core.EC_MIME_COMPONENT_EXTRACT_CONTENT_TYPE_HOOK_CONT not handled: the next hook, then the
 *   parser
 * @result msys.core.EC_MIME_COMPONENT_EXTRACT_CONTENT_TYPE_HOOK_OK the buffers hold; no other hook runs
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-ec-mime-component-extract-content-type
 */
int ec_mime_component_extract_content_type(void *closure, ec_mime_component *part, char *content_type_buf,
    int ct_len, char *charset_buf, int charset_len);

/**
 * Splits a received message into the messages that are spooled, in place of the server's own splitting by
 * recipient.
 *
 * @hook core
 * @name core_esmtp_message_sp_async_samfunc
 * @param mc The SMTP session with the message.
 * @result sp_async_message first of the messages
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-esmtp-message-sp-async-samfunc
 */
sp_async_message *esmtp_message_sp_async_samfunc(void *closure, message_construct *mc);

/**
 * Asked for the protocol that the Received header names, in place of the one that RFC 2821 and RFC 3848 give
 * (`ESMTP`, `ESMTPSA`, …).
 *
 * @hook core
 * @name core_get_protocol_string_for_trace_headers
 * @param ac The inbound connection.
 * @param ctx The validation context of the session.
 * @param mess The message.
 * @result string the protocol; the server does not free it, so it must outlive the call
 * @result nil not handled
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-get-protocol-string-for-trace-headers
 */
const char *get_protocol_string_for_trace_headers(void *closure, accept_construct *ac, validate_context *ctx,
    email_message *mess);

/**
 * Asked for the text of the Received header that is added to a message.
 *
 * @hook core
 * @param msg The message.
 * @param mc The SMTP session.
 * @param ac The inbound connection.
 * @param ctx The validation context of the session.
 * @param response Takes the text.
 * @result 0 the server's own text
 * @result 1 the text in `response`
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-get-received-header-text
 */
int core_get_received_header_text(void *closure, ec_message *msg, message_construct *mc, accept_construct *ac,
    validate_context *ctx, ec_string *response);

/**
 * Asked, before a message is sent, whether its body is in memory, so that reading it will not wait for
 * swapped pages.
 *
 * @hook core
 * @name core_message_body_in_core
 * @param mess The message.
 * @param pull 1 when the body must be brought into memory now, in another thread.
 * @param result Set to 0 when the body is in memory, to 1 when it is not.
 * @result msys.core.IO_CONT not settled: the next hook is called
 * @result msys.core.IO_DONE `result` holds; no other hook runs
 * @since 3=3.0 4=4.0
 * @trap `result` is a C pointer; no page shows how Lua sets what it points to.
 * @correction The page says both that 0 means in memory and that after 0 the hook is called again with `pull`
 *   1; the first is followed here.
 * @page momentum/3/3-api/hooks-core-message-body-in-core
 */
int message_body_in_core(void *closure, email_message *mess, int pull, int *result);

/**
 * Runs when a message to be forwarded was made, for instance to carry over context from the original.
 *
 * @hook core
 * @name core_post_assemble_fwd_message
 * @param orig The original.
 * @param forwarded The message that is forwarded.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-assemble-fwd-message
 */
void post_assemble_fwd_message(void *closure, email_message *orig, email_message *forwarded);
