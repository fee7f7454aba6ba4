/* Hooks of the module that tells senders of delayed messages. Without it, and by default, no such
   notification is sent. */

/**
 * Asked whether the sender of a delayed message is told, in place of the configuration.
 *
 * @hook delay_dsn
 * @param msg The delayed message.
 * @param enabled Set to 1 to tell, to 0 not to.
 * @result msys.core.GENERATE_DELAY_DSN_HOOK_CONT not handled: other modules are asked, then the configuration
 * @result msys.core.GENERATE_DELAY_DSN_HOOK_OK `enabled` holds
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap `enabled` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-delay-dsn-generate-delay-dsn
 */
int delay_dsn_generate_delay_dsn(void *closure, ec_message *msg, int *enabled);

/**
 * Asked when the next notification for a delayed message is due.
 *
 * @hook delay_dsn
 * @param mess The delayed message.
 * @param now Current time.
 * @param when Set to the time, in seconds since 1970.
 * @result msys.core.GENERATE_DELAY_DSN_HOOK_CONT not handled: other modules are asked, then the configuration
 * @result msys.core.GENERATE_DELAY_DSN_HOOK_OK `when` holds
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap `when` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-delay-dsn-next-delay-dsn
 */
int delay_dsn_next_delay_dsn(void *closure, ec_message *mess, struct timeval *now, time_t *when);

/**
 * Runs when a notification for a delayed message is due: the place to make one's own and send it.
 *
 * @hook delay_dsn
 * @param msg The delayed message.
 * @result msys.core.DELAY_DSN_SEND_NOTIFICATION_OK sent: the module makes none
 * @result other the module makes its own
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-delay-dsn-send-notification
 */
int delay_dsn_send_notification(void *closure, ec_message *msg);
