/* Hooks around input and output of the event loop. */

/**
 * Runs after each successful read on an event that is being traced (`e.trace`).
 *
 * @hook core
 * @name core_post_event_read
 * @param e The event.
 * @param buf The bytes that were read.
 * @param buflen Length of `buf` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-event-read
 */
void post_event_read(void *closure, Event *e, const char *buf, ssize_t buflen);

/**
 * Runs after each successful write on an event that is being traced (`e.trace`).
 *
 * @hook core
 * @name core_post_event_write
 * @param e The event.
 * @param buf The bytes that were written.
 * @param buflen Length of `buf` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-event-write
 */
void post_event_write(void *closure, Event *e, const char *buf, ssize_t buflen);

/**
 * Runs just before an event is closed and freed.
 *
 * @hook core
 * @name core_pre_event_close
 * @param e The event.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-event-close
 */
void pre_event_close(void *closure, Event *e);
