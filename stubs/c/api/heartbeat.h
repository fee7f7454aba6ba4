/* C functions of heartbeat.h. */

/**
 * Sets up the memory that the watchdog looks at.
 *
 * @page momentum/3/3-api/apis-heartbeat-init
 */
int heartbeat_init(void);

/**
 * Tells the watchdog what the server is doing.
 *
 * @page momentum/3/3-api/apis-heartbeat-set-state
 */
void heartbeat_set_state(enum heartbeat_state state);
