/* Logging hooks of the core. They observe: nothing that they return has an effect. */

/**
 * Runs for each event that accounting records.
 *
 * @hook core
 * @name core_aaa_log
 * @param rec The accounting record.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-aaa-log
 */
void aaa_log(void *closure, ec_accounting_record *rec);

/**
 * Runs for each attempt to deliver a message. Every attempt ends as a delivery, a transient failure or a
 * permanent failure, each of which has a hook of its own, so this one is for debugging.
 *
 * @hook core
 * @param msg The message that is attempted.
 * @param dr Destination domain of the attempt.
 * @param now Current time.
 * @param note Text of the log record; the page leaves its content open.
 * @param note_len Length of `note` in bytes.
 * @since 3=3.0 4=4.0
 * @thread any
 * @trap Runs very often: the documentation advises against it in production.
 * @page momentum/3/3-api/hooks-core-log-attempt-v-1
 */
void core_log_attempt_v1(void *closure, ec_message *msg, domain_record *dr, struct timeval *now,
    const char *note, int note_len);

/**
 * Runs when an outbound connection could not be made.
 *
 * @hook core
 * @param addr Address of the remote host.
 * @param err Why: the bits `CONN_ERROR_*` (no MX found or reachable, refused, timed out, …) and
 *   `CONN_ACTION_*` (what follows for the domain).
 * @param dr Destination domain for which the connection was tried.
 * @param binding_slot Number of the binding.
 * @param now Time of the event; may be nil.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-client-connection-failure
 */
void core_log_client_connection_failure(void *closure, struct sockaddr *addr, int err, domain_record *dr,
    int binding_slot, struct timeval *now);

/**
 * Runs when an outbound connection was made.
 *
 * @hook core
 * @param addr Address of the remote host.
 * @param dr Destination domain for which the connection was made.
 * @param binding_slot Number of the binding.
 * @param now Time of the event; may be nil.
 * @since 3=3.0 4=4.0
 * @thread any
 * @correction The page repeats the name of the failure hook in its synopsis; the page's own name is used
 *   here.
 * @page momentum/3/3-api/hooks-core-log-client-connection-success
 */
void core_log_client_connection_success(void *closure, struct sockaddr *addr, domain_record *dr,
    int binding_slot, struct timeval *now);

/**
 * Runs when a message was delivered.
 *
 * @hook core
 * @param msg The message that was delivered.
 * @param dr Destination domain of the delivery.
 * @param now Current time.
 * @param note The remote server's answer; may be nil, then the answer is kept with the message.
 * @param note_len Length of `note` in bytes.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-delivery-v-1
 */
void core_log_delivery_v1(void *closure, ec_message *msg, domain_record *dr, struct timeval *now,
    const char *note, int note_len);

/**
 * Runs for each record of the error log.
 *
 * @hook core
 * @name core_log_error
 * @param now Current time.
 * @param level Severity of the record.
 * @param format Format of the text, as in C's `printf`.
 * @param arg The values for `format`; Lua cannot read them.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-log-error
 */
void log_error(void *closure, struct timeval *now, int level, const char *format, va_list arg);

/**
 * Runs when a message has failed for good.
 *
 * @hook core
 * @param msg The message that failed.
 * @param dr Destination domain of the attempt.
 * @param now Current time.
 * @param note The remote server's answer, or the server's own reason.
 * @param note_len Length of `note` in bytes.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-permanent-failure-v-1
 */
void core_log_permanent_failure_v1(void *closure, ec_message *msg, domain_record *dr, struct timeval *now,
    const char *note, int note_len);

/**
 * Runs when a message was received.
 *
 * @hook core
 * @name core_log_reception_v1
 * @param ac The connection over which it came.
 * @param msg The message that was received.
 * @param now Current time.
 * @param note Text of the log record.
 * @param note_len Length of `note` in bytes.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-reception-v-1
 */
void log_reception_v1(void *closure, accept_construct *ac, ec_message *msg, struct timeval *now,
    const char *note, int note_len);

/**
 * Runs when a connection, a command or a message is rejected.
 *
 * @hook core
 * @param now Current time.
 * @param ac The connection.
 * @param ctx The validation context of the session.
 * @param phase State of the session in which it was rejected: one of `msys.core.MC_STATE_*`.
 * @param format Format of the reply to the client, as in C's `printf`.
 * @param args The values for `format`; Lua cannot read them.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-rejection
 */
void core_log_rejection(void *closure, struct timeval *now, accept_construct *ac, validate_context *ctx,
    int phase, const char *format, va_list args);

/**
 * Runs when the log files are opened anew, on the console's `reopen logs`.
 *
 * @hook core
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-reopen
 */
void core_log_reopen(void *closure);

/**
 * Runs when a message was imported from another spool. Its ID may be a new one.
 *
 * @hook core
 * @name core_log_spool_import
 * @param m The imported message; may be nil.
 * @param orig_id The ID that the message had in the spool that it came from.
 * @param now Current time.
 * @param ctx The spool that it came from.
 * @param result How the import ended: `LOG_SPOOL_IMPORT_SUCCESS`, or which step failed.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-log-spool-import
 */
void log_spool_import(void *closure, ec_message *m, message_id *orig_id, struct timeval *now, ec_spool_ctx *ctx,
    int result);

/**
 * Runs when an attempt to deliver a message failed for now; the message will be tried again.
 *
 * @hook core
 * @param msg The message that was deferred.
 * @param dr Destination domain of the attempt.
 * @param now Current time.
 * @param note The remote server's answer, or the server's own reason.
 * @param note_len Length of `note` in bytes.
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-log-transient-failure-v-1
 */
void core_log_transient_failure_v1(void *closure, ec_message *msg, domain_record *dr, struct timeval *now,
    const char *note, int note_len);
