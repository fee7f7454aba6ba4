/* Hooks around the validation of inbound sessions and messages: what runs before, between and after the
   validation callouts. */

/**
 * Runs after all validation callouts and the choice of the binding, before the message is written to the
 * spool: the place to sign with DKIM. It runs for SMTP and for HTTP injection alike. It cannot refuse the
 * message; `core_final_validation2`, which runs first, can.
 *
 * @hook core
 * @param msg The message; headers may still be added.
 * @param ac The connection over which it came.
 * @param ctx The validation context of the session.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-final-validation
 */
void core_final_validation(void *closure, ec_message *msg, accept_construct *ac, validate_context *ctx);

/**
 * Runs after all validation callouts and the choice of the binding, for SMTP and for HTTP injection, before
 * `core_final_validation`. It may refuse or defer the message; `core_final_validation` does not run then.
 *
 * @hook core
 * @param msg The message; headers may still be added.
 * @param ac The connection over which it came.
 * @param ctx The validation context of the session.
 * @result msys.core.EC_HOOK_CONT go on; also after a failure with which the message shall be delivered all
 *   the same
 * @result msys.core.EC_HOOK_DONE reject the message for good
 * @result msys.core.EC_HOOK_RETRY defer the message: it may be tried again
 * @since 4=5.3
 * @thread any
 * @page momentum/3/3-api/hooks-core-final-validation
 */
int core_final_validation2(void *closure, ec_message *msg, accept_construct *ac, validate_context *ctx);

/**
 * Runs right after `core_final_validation`, as the very last step before the message is written to the spool:
 * the place for the ARC seal, which must cover the DKIM signature. Have one implementation at most: the order
 * among several is undefined.
 *
 * @hook core
 * @param msg The message; headers may still be added.
 * @param ac The connection over which it came.
 * @param ctx The validation context of the session.
 * @ignored
 * @since 4=5.0
 * @thread any
 * @page momentum/4/hooks/core-post-final-validation
 */
int core_post_final_validation(void *closure, ec_message *msg, accept_construct *ac, validate_context *ctx);

/**
 * Runs for each complete command that an SMTP client has sent, valid or not.
 *
 * @hook core
 * @name core_post_smtp_command
 * @param b Not described.
 * @param c The SMTP session; its buffer holds the command and its size, without a NUL at the end.
 * @param d The validation context of the session.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-smtp-command
 */
void post_smtp_command(void *closure, int *b, message_construct *c, validate_context *d);

/**
 * Runs for each recipient after every module's `validate_data_spool_each_rcpt` and after
 * `core_validate_data_spool_each_rcpt`. Like them it runs for SMTP only.
 *
 * @hook core
 * @name core_post_validate_data_spool_each_rcpt_v1
 * @param m The message, with this one recipient.
 * @param ac The connection over which it came.
 * @param c The validation context of the session.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-validate-data-spool-each-rcpt-v-1
 */
void post_validate_data_spool_each_rcpt_v1(void *closure, ec_message *m, accept_construct *ac, validate_context *c);

/**
 * Runs after the `validate_set_binding` callouts, and only where the message's binding was really changed by
 * them.
 *
 * @hook core
 * @name core_post_validate_set_binding
 * @param m The message, with its new binding.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-validate-set-binding
 */
void post_validate_set_binding(void *closure, ec_message *m);

/**
 * Runs before the credentials of an SMTP AUTH are checked, and may settle the matter without them.
 *
 * @hook core
 * @name core_pre_esmtp_auth
 * @param ac The inbound connection.
 * @param mc The SMTP session.
 * @param c The validation context of the session.
 * @result msys.core.EC_AUTH_OK the client is authenticated, whatever its credentials
 * @result msys.core.EC_AUTH_FAIL authentication fails, whatever the credentials
 * @result -1 the credentials are checked as usual
 * @since 3=3.1 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-esmtp-auth
 */
int pre_esmtp_auth(void *closure, accept_construct *ac, message_construct *mc, validate_context *c);

/**
 * Runs when an SMTP client disconnects in the middle of a session.
 *
 * @hook core
 * @name core_server_esmtp_session_abort
 * @param ac The inbound connection.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-server-esmtp-session-abort
 */
void server_esmtp_session_abort(void *closure, accept_construct *ac);

/**
 * Runs when a connection was accepted, before everything that runs at connect time. It may run outside of the
 * scheduler thread; the socket is in blocking mode then.
 *
 * @hook core
 * @name core_validate_accept
 * @param ac The inbound connection.
 * @param c The validation context of the session.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-validate-accept
 */
int validate_accept(void *closure, accept_construct *ac, validate_context *c);

/**
 * Runs after an SMTP AUTH. The connection context says how it went: `auth_status` is `pass`, `fail` or
 * `error`, `auth_name` the mechanism, `auth_user` the user name, which may be missing.
 *
 * @hook core
 * @name core_validate_auth
 * @param c The validation context of the session.
 * @param auth_info What the client sent.
 * @param auth_status The result as a number.
 * @since 3=3.1 4=4.0
 * @page momentum/3/3-api/hooks-core-validate-auth
 */
int validate_auth(void *closure, validate_context *c, struct ec_auth_info *auth_info, int auth_status);

/**
 * Runs after every module's `validate_connect`: use it only where running after all of them matters.
 *
 * @hook core
 * @name core_validate_connect
 * @param ac The inbound connection.
 * @param c The validation context of the session.
 * @since 3=3.0 4=4.0
 * @trap This is a hook of its own, not the callout `validate_connect`, and it returns nothing.
 * @page momentum/3/3-api/hooks-core-validate-connect
 */
void validate_connect(void *closure, accept_construct *ac, validate_context *c);

/**
 * Runs for each recipient after every module's `validate_data_spool_each_rcpt`: use it only where running
 * after all of them matters. Like the callout it runs for SMTP only.
 *
 * @hook core
 * @param msg The message, with this one recipient.
 * @param ac The connection over which it came.
 * @param ctx The validation context of the session.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-validate-data-spool-each-rcpt
 */
void core_validate_data_spool_each_rcpt(void *closure, ec_message *msg, accept_construct *ac,
    validate_context *ctx);

/**
 * Expands macros in a string that validation uses.
 *
 * @hook core
 * @name core_validate_expand_string
 * @param result Takes the expanded string.
 * @param s The string to be expanded.
 * @param local_part Local part of the sender; only after MAIL FROM.
 * @param domain Domain of the sender; only after MAIL FROM.
 * @param current_domain Domain that is being looked at, for SPF macros; only after MAIL FROM.
 * @param ac The inbound connection.
 * @param ctx The validation context of the session.
 * @param need Filled in when a DNS answer is missing.
 * @result msys.core.MACRO_PASS expanded
 * @result msys.core.MACRO_EAGAIN resolve the DNS query in `need` first, then ask again
 * @since 3=3.0 4=4.0
 * @deprecated Since Momentum 2.2 macros are expanded by `ec_interpolate_string`.
 * @trap `result` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-validate-expand-string
 */
int validate_expand_string(void *closure, char **result, char *s, char *local_part, char *domain,
    char *current_domain, accept_construct *ac, validate_context *ctx, dns_cache_query *need);
