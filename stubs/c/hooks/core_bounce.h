/* Hooks around bounces and other delivery status notifications (RFC 3464). */

/**
 * Asked whether a bounce is made for a message, in place of the configuration.
 *
 * @hook core
 * @name core_generate_bounces
 * @param mess The message that failed.
 * @param enabled Set to 1 to make a bounce, to 0 not to.
 * @result msys.core.GENERATE_BOUNCES_HOOK_CONT not handled: other modules are asked, then the configuration
 * @result msys.core.GENERATE_BOUNCES_HOOK_OK `enabled` holds
 * @since 3=3.0 4=4.0
 * @trap `enabled` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-generate-bounces
 */
int generate_bounces(void *closure, ec_message *mess, int *enabled);

/**
 * Makes the notification for a message, in place of the server. For another text alone,
 * `core_generate_rfc3464_message_preamble` is simpler.
 *
 * @hook core
 * @param message The message that the notification is about.
 * @param action What is reported: failed, delayed, delivered, relayed or expanded.
 * @param mdn Takes the notification; left null, none is sent.
 * @result 0 the server makes the notification
 * @result 1 `mdn` holds
 * @since 3=3.0 4=4.0
 * @trap `mdn` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-generate-rfc-3464-message
 */
int core_generate_rfc3464_message(void *closure, ec_message *message, dsn_actype action, ec_message **mdn);

/**
 * Writes the text at the head of a notification. The headers are already in `body` and may be changed too.
 *
 * @hook core
 * @name core_generate_rfc3464_message_preamble
 * @param message The message that the notification is about.
 * @param action What is reported: failed, delayed, delivered, relayed or expanded.
 * @param body The notification so far; the text is appended.
 * @result 0 the server appends its own text
 * @result nonzero the text is complete
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-generate-rfc-3464-message-preamble
 */
int generate_rfc3464_message_preamble(void *closure, ec_message *message, dsn_actype action, ec_string *body);

/**
 * Makes the bounce for a message, in place of the server. For another text alone,
 * `core_generate_soft_bounce_message_preamble` is simpler.
 *
 * @hook core
 * @name core_generate_soft_bounce_message
 * @param message The message that failed.
 * @result email_message the bounce
 * @result nil not handled: the next hook is called
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-generate-soft-bounce-message
 */
email_message *generate_soft_bounce_message(void *closure, email_message *message);

/**
 * Writes the text at the head of a bounce. The headers are already in `body` and may be changed too.
 *
 * @hook core
 * @name core_generate_soft_bounce_message_preamble
 * @param message The message that failed.
 * @param body The bounce so far; the text is appended.
 * @result 0 the server appends its own text, as for `core_generate_rfc3464_message_preamble`
 * @result nonzero the text is complete, as for `core_generate_rfc3464_message_preamble`
 * @since 3=3.0 4=4.0
 * @correction The page does not say what the result means; `core_generate_rfc3464_message_preamble`, its
 *   successor, takes a true value as complete.
 * @page momentum/3/3-api/hooks-core-generate-soft-bounce-message-preamble
 */
int generate_soft_bounce_message_preamble(void *closure, email_message *message, ec_string *body);

/**
 * Runs when a notification was made, for instance to carry over context from the message.
 *
 * @hook core
 * @name core_post_generate_rfc3464_message
 * @param orig The message that the notification is about.
 * @param bounce The notification.
 * @param action What is reported: failed, delayed, delivered, relayed or expanded.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-generate-rfc-3464-message
 */
void post_generate_rfc3464_message(void *closure, ec_message *orig, ec_message *bounce, dsn_actype action);

/**
 * Runs when a bounce was made, for instance to carry over context from the message.
 *
 * @hook core
 * @name core_post_generate_soft_bounce_message
 * @param orig The message that failed.
 * @param bounce The bounce.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-generate-soft-bounce-message
 */
void post_generate_soft_bounce_message(void *closure, email_message *orig, email_message *bounce);

/**
 * Writes the part of a notification that quotes the message. The server adds the MIME boundaries around it.
 *
 * @hook core
 * @name core_rfc3464_inline_message_fragment
 * @param response Takes the text.
 * @param message The message that the notification is about.
 * @param action What is reported: failed, delayed, delivered, relayed or expanded.
 * @result 0 the server writes the part
 * @result nonzero the hook has written it
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-rfc-3464-inline-message-fragment
 */
int rfc3464_inline_message_fragment(void *closure, ec_string *response, ec_message *message, dsn_actype action);
