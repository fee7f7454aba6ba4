/* C functions of sp_async.h. */

/**
 * Schedules an event from any thread and, if wanted, calls it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-schedule-event-and-dispatch
 */
void schedule_event_and_dispatch(Event *e, int dispatch_mask);

/**
 * Schedules an asynchronous event from any thread and, if wanted, calls it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sp-async-schedule-event
 */
void sp_async_schedule_event(Event *e, int dispatch_mask);

/**
 * Makes the job that writes a received message to the spool.
 *
 * @page momentum/3/3-api/apis-sp-make-swap-out-job
 */
ec_async_job *sp_make_swap_out_job(
    accept_construct *ac, validate_context *ctx, ec_message *mess, sp_async_swapout_samfunc samfunc,
    void *info);

/**
 * Closes a file descriptor and, if wanted, shuts it down first.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sp-sync-close
 */
int sp_sync_close(int fd, int wants_shutdown);
