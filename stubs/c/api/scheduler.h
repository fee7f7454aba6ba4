/* C functions of scheduler.h. */

/**
 * Takes the event of a file descriptor off the scheduler and returns it.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-clear-event-by-fd
 */
Event *clear_event_by_fd(int fd);

/**
 * Takes a timed event off the scheduler.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-clear-timed-event
 */
void clear_timed_event(Event *evt);

/**
 * Sets an event aside that waits for neither time nor I/O.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-float-event
 */
void float_event(Event *event);

/**
 * Returns the event of a file descriptor.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-get-event-by-fd
 */
Event *get_event_by_fd(int fd);

/**
 * Gives the events that wait for file descriptors.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-get-fd-event-set
 */
void get_fd_event_set(Event ***set, int *count);

/**
 * Gives the events that were set aside.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-get-floating-event-set
 */
void get_floating_event_set(Event ***set, int *count);

/**
 * Gives the current time.
 *
 * @thread any
 * @page momentum/3/3-api/apis-get-now
 */
void get_now(struct timeval *toset);

/**
 * Returns the current time.
 *
 * @result integer Unix time in seconds, UTC. On a scheduler thread it is the time at which the current turn
 * of the event loop began.
 * @since 3=3.1 4=4.0
 * @seen
 * @thread any
 * @correction The synopsis names no result type; the text says epoch seconds.
 * @fidelity modelled
 * @page momentum/3/3-api/apis-get-now-ts
 */
time_t get_now_ts(void);

/**
 * Returns the process number of the main scheduler.
 *
 * @thread any
 * @page momentum/3/3-api/apis-get-scheduler-pid
 */
pid_t get_scheduler_pid(void);

/**
 * Says whether the caller runs on a scheduler thread.
 *
 * @thread any
 * @page momentum/3/3-api/apis-is-scheduler-thread
 */
int is_scheduler_thread(void);

/**
 * Wakes the main scheduler.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ping-scheduler
 */
void ping_scheduler(void);

/**
 * Adds a function that runs in every turn of the main scheduler.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-scheduler-recurrent-func-add
 */
void scheduler_recurrent_func_add(RecurFunc func, void *closure);

/**
 * Adds a scheduler implementation.
 *
 * @page momentum/3/3-api/apis-scheduler-register
 */
void scheduler_register(ec_scheduler_impl *ascheduler);
