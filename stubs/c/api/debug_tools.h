/* C functions of debug_tools.h. */

/**
 * Sets up the debugging tools.
 *
 * @page momentum/3/3-api/apis-debug-tools-init
 */
void debug_tools_init(char *argv0);

/**
 * Names an event function, and how to print its state, for the debugging tools.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-debug-tools-register-event-func
 */
void debug_tools_register_event_func(
    EventFunc fptr, const char *name, const char *type, debug_tools_event_dumper dumper);

/**
 * Appends the caller's stack trace to a string.
 *
 * @page momentum/3/3-api/apis-ec-render-my-stack-trace
 */
void ec_render_my_stack_trace(ec_string *r, int start, int end);
