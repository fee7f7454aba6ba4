/* Hooks in the delivery of messages to remote servers by SMTP. */

/**
 * Runs when a batch of messages is marked, in place of the server's own marking: the hook writes marks into
 * each message's context. `core_assess_batch` must be there too and read them.
 *
 * @hook core
 * @param head First of the batch's messages.
 * @result 0 the server marks the batch itself
 * @result 1 the batch is marked: neither the server nor other hooks do it
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-annotate-batch
 */
int core_annotate_batch(void *closure, sp_async_message *head);

/**
 * Runs when a batch of messages for one delivery is put together, in place of the server's own way. The hook
 * reads the marks that `core_annotate_batch` made, takes the messages out of the queue, sees to it that they
 * share binding and domain, appends them to the delivery's batch and sets its `batch_assessed`.
 *
 * @hook core
 * @param dc The delivery; `dc.message` is the message that is about to be delivered.
 * @param dr Destination domain; may be nil.
 * @param bs The message's binding.
 * @param conn The connection; may be nil.
 * @param limit_pb Most messages in a batch.
 * @param limit_pc Most messages over the connection.
 * @result 0 not handled
 * @result 1 the batch is put together: no other hook is called
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-assess-batch
 */
int core_assess_batch(void *closure, delivery_construct *dc, domain_record *dr, ec_binding_slot bs,
    connection *conn, int limit_pb, int limit_pc);

/**
 * Replaces the body that is sent to the remote server, without changing the message in the spool. When an
 * earlier hook has replaced it, `iop` already points to that body, and the next replacement must start from
 * it.
 *
 * @hook core
 * @name core_body_modify
 * @param mess The message; it must not be changed.
 * @param iop Takes the new body as an `io_object`; null means that the spooled body is sent.
 * @since 3=3.0 4=4.0
 * @trap `iop` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-body-modify
 */
void body_modify(void *closure, const ec_message *mess, io_object **iop);

/**
 * Asked to classify a bounce message that arrived as mail. The text comes without the final `.` and with its
 * transfer encoding removed.
 *
 * @hook core
 * @name core_bounce_error_classify
 * @param body Text of the bounce.
 * @param len Length of `body` in bytes.
 * @param pos Set to the offset in `body` of the text that settled it.
 * @result integer code of the bounce class
 * @since 3=3.0 4=4.0
 * @trap `pos` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-bounce-error-classify
 */
int bounce_error_classify(void *closure, const char *body, int len, int *pos);

/**
 * Runs right after data was read from the remote server, before errors are handled.
 *
 * @hook core
 * @param dc The delivery.
 * @param len Length of the reply in bytes.
 * @param expected SMTP code that is expected, such as 250.
 * @param newstate State that follows when the code is the expected one.
 * @param now Current time.
 * @param mask Events to wait for before the next read; it should be left alone.
 * @result 0 go on
 * @result nonzero an error
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-post-read-smtp
 */
int core_post_read_smtp(void *closure, delivery_construct *dc, int len, int expected, int newstate,
    struct timeval *now, int *mask);

/**
 * Runs right before data is read from the remote server. The read may bring only a part of a reply.
 *
 * @hook core
 * @name core_pre_read_smtp
 * @param dc The delivery.
 * @param expected SMTP code that is expected, such as 250.
 * @param newstate State that follows when the code is the expected one.
 * @param now Current time.
 * @param mask Events to wait for before the next read; it should be left alone.
 * @result 0 go on, as for `core_post_read_smtp`
 * @result nonzero an error, as for `core_post_read_smtp`
 * @since 3=3.0 4=4.0
 * @correction The page does not say what the result means; `core_post_read_smtp`, which mirrors it, documents
 *   0 as success.
 * @page momentum/3/3-api/hooks-core-pre-read-smtp
 */
int pre_read_smtp(void *closure, delivery_construct *dc, int expected, int newstate, struct timeval *now,
    int *mask);

/**
 * Runs before MAIL FROM is sent to the remote server. Parameters of the command may be added, removed and
 * looked up with `smtp_client_args_add`, `smtp_client_args_delete` and `smtp_client_args_exists_and_fetch`;
 * whether the remote server supports them is for the hook to check.
 *
 * @hook core
 * @name core_smtp_client_mailfrom_args
 * @param dc The delivery.
 * @param args Parameters of the command.
 * @result 0 go on
 * @result nonzero the message fails for now
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-smtp-client-mailfrom-args
 */
int smtp_client_mailfrom_args(void *closure, delivery_construct *dc, smtp_client_args *args);

/**
 * Runs before RCPT TO is sent to the remote server. Parameters of the command may be added, removed and
 * looked up with `smtp_client_args_add`, `smtp_client_args_delete` and `smtp_client_args_exists_and_fetch`;
 * whether the remote server supports them is for the hook to check.
 *
 * @hook core
 * @name core_smtp_client_rcptto_args
 * @param dc The delivery.
 * @param args Parameters of the command.
 * @result 0 go on
 * @result nonzero the message fails for now
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-smtp-client-rcptto-args
 */
int smtp_client_rcptto_args(void *closure, delivery_construct *dc, smtp_client_args *args);

/**
 * Runs before XCLIENT is sent to the remote server. Parameters of the command may be added, removed and
 * looked up with `smtp_client_args_add`, `smtp_client_args_delete` and `smtp_client_args_exists_and_fetch`;
 * whether the remote server supports them is for the hook to check.
 *
 * @hook core
 * @name core_smtp_client_xclient_args
 * @param dc The delivery.
 * @param args Parameters of the command.
 * @result 0 go on
 * @result nonzero the message fails for now
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-smtp-client-xclient-args
 */
int smtp_client_xclient_args(void *closure, delivery_construct *dc, smtp_client_args *args);

/**
 * Asked to classify the reply of a remote server.
 *
 * @hook core
 * @name core_smtp_error_classify
 * @param response The reply.
 * @param domain Destination domain.
 * @result integer code of the bounce class
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-smtp-error-classify
 */
int smtp_error_classify(void *closure, const char *response, const char *domain);

/**
 * Asked after an attempt to deliver over SMTP, successful or not, whether the session shall end, besides what
 * `max_deliveries_per_connection` says.
 *
 * @hook core
 * @param dc The delivery.
 * @result integer what the caller gets; the page does not list values
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-smtp-should-session-shutdown
 */
int core_smtp_should_session_shutdown(void *closure, delivery_construct *dc);
