/* C functions of event.h. */

/**
 * Makes an event for a file descriptor, a time or both.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-build-event
 */
Event *build_event(struct timeval when, int whence, int fd, EventFunc callback, void *closure);

/**
 * Makes an event that is due in `offset` seconds.
 *
 * @thread scheduler
 * @correction The synopsis writes `Eventfunc` and lacks the `*` of `closure`.
 * @page momentum/3/3-api/apis-build-event-from-now-f
 */
Event *build_event_from_now_f(float offset, int fd, EventFunc callback, void *closure);

/**
 * Makes an event for an open file descriptor.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-build-fd-event
 */
Event *build_fd_event(int fd, int mask, int aggressive, EventFunc callback, void *closure);

/**
 * Closes the file descriptor of an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-close
 */
int event_close(Event *e);

/**
 * Frees an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-free
 */
void event_free(Event *e);

/**
 * Begins to write formatted text to an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-io-printf
 */
int event_io_printf(Event *e, event_io_state *state, const char *fmt, ...);

/**
 * Begins or goes on to read a fixed number of bytes.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-io-read
 */
int event_io_read(Event *e, char *buf, int buflen, event_io_state *state);

/**
 * Goes on with a read or write that did not finish.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-io-retry
 */
int event_io_retry(Event *e, event_io_state *state);

/**
 * Releases what a read or write in progress holds.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-io-state-clean
 */
void event_io_state_clean(event_io_state *state);

/**
 * Begins to write bytes to an event.
 *
 * @page momentum/3/3-api/apis-event-io-write
 */
int event_io_write(Event *e, const char *buf, int buflen, event_io_state *state);

/**
 * Begins to write a string to an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-io-write-string
 */
int event_io_write_string(Event *e, ec_string *str, event_io_state *state);

/**
 * Completes the copy of an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-post-dup
 */
void event_post_dup(Event *dst, Event *src);

/**
 * Reads from an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-event-read
 */
int event_read(Event *e, char *buf, int buflen, int *needmask);
