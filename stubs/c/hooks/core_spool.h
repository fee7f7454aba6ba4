/* Hooks around the reading and writing of spooled messages. */

/**
 * Runs after a message's metadata was read from the spool, also when that failed.
 *
 * @hook core
 * @param msg The message.
 * @param flags `METAF_MSG` or `METAF_DICT`: what was read.
 * @param serror System error number after a failure.
 * @param rv `IO_DONE` when the metadata was read, `IO_TRANS_FAIL` or `IO_FAIL` when not; a hook that fails
 *   sets `IO_FAIL`.
 * @result 0 go on
 * @result 1 the hook failed: the remaining steps are skipped
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap `rv` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-post-swap-in-meta
 */
int core_post_swap_in_meta(void *closure, ec_message *msg, int flags, int serror, int *rv);

/**
 * Runs just before a message's metadata is written to the spool. The body should not be changed any more: the
 * change may be lost.
 *
 * @hook core
 * @name core_pre_swap_out_meta
 * @param mess The message.
 * @param flags What is written.
 * @result 0 an error: the message is not written
 * @result 1 success; any other value is undefined
 * @since 3=3.0 4=4.0
 * @trap 0 is failure here, and a missing result may be taken for it.
 * @page momentum/3/3-api/hooks-core-pre-swap-out-meta
 */
int pre_swap_out_meta(void *closure, ec_message *mess, int flags);

/**
 * Runs when a received message is written to the spool for all of its recipients, after its reception was
 * confirmed and before delivery: the one place at which the messages of all recipients are seen together.
 *
 * @hook core
 * @param head First of the messages, one for each recipient.
 * @param success Set to 1 for success, to 0 for failure, when the hook writes them itself.
 * @result 0 the server writes the messages
 * @result nonzero written: the server does not, and `success` says how it went
 * @since 3=3.0 4=4.0
 * @thread any
 * @trap `success` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-swap-out-multi
 */
int core_swap_out_multi(void *closure, sp_async_message *head, int *success);
