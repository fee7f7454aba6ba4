/* Hooks of the console (`ec_console`) and of the server's shutdown. */

/**
 * Asked, for a console command, whether it may change the running configuration.
 *
 * @hook core
 * @name core_control_allow_writable_config
 * @param cc The console command: `cc.argc`, `cc.argv`.
 * @param response Text that the console shows.
 * @result 0 forbidden, as for `core_control_allow_writable_config2`
 * @result 1 allowed, as for `core_control_allow_writable_config2`
 * @since 3=3.0 4=4.0
 * @correction The page does not say what the result means; `core_control_allow_writable_config2` documents 1
 *   as allowed and 0 as forbidden.
 * @page momentum/3/3-api/hooks-core-control-allow-writable-config
 */
int control_allow_writable_config(void *closure, command_construct *cc, ec_string *response);

/**
 * Asked, for a parsed console command, whether it may change the running configuration.
 *
 * @hook core
 * @name core_control_allow_writable_config2
 * @param cc The console command.
 * @param argc Number of words in `argv`.
 * @param argv The words of the command.
 * @param input Where the command reads from.
 * @param output Where the command writes to.
 * @result 0 the change is prevented
 * @result 1 the change goes on
 * @since 3=3.0 4=4.0
 * @trap `argv` is an array of C: its indices run from 0 to `argc - 1`, and any other crashes the server.
 * @page momentum/3/3-api/hooks-core-control-allow-writable-config-2
 */
int control_allow_writable_config2(void *closure, command_construct *cc, int argc, const char **argv,
    ec_control_context *input, ec_control_context *output);

/**
 * Runs once after a whole line typed at the console was executed.
 *
 * @hook core
 * @name core_control_post_command
 * @param cc The console command.
 * @param response What the console shows; more may be added.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-control-post-command
 */
void control_post_command(void *closure, command_construct *cc, ec_string *response);

/**
 * Runs after each command that was parsed out of a line typed at the console; `core_control_post_command`
 * runs once for the line.
 *
 * @hook core
 * @name core_control_post_control
 * @param cc The console command.
 * @param argc Number of words in `argv`.
 * @param argv The words of the command.
 * @param input Where the command read from.
 * @param output Where the command wrote to; its output is already there.
 * @since 3=3.0 4=4.0
 * @trap `argv` is an array of C: its indices run from 0 to `argc - 1`, and any other crashes the server.
 * @page momentum/3/3-api/hooks-core-control-post-control
 */
void control_post_control(void *closure, command_construct *cc, int argc, const char **argv,
    ec_control_context *input, ec_control_context *output);

/**
 * Runs before a console command is executed. It may act on the command, or take its place.
 *
 * @hook core
 * @param cc The console command: `cc.argc`, `cc.argv`.
 * @param response What the console shows; may be nil.
 * @result 0 the command goes on, and so do the other modules' hooks
 * @result 1 the command and the remaining hooks are skipped
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap `cc.argv` is an array of C: its indices run from 0 to `cc.argc - 1`, and any other crashes the
 *   server.
 * @page momentum/3/3-api/hooks-core-control-pre-command
 */
int core_control_pre_command(void *closure, command_construct *cc, ec_string *response);

/**
 * Runs when the server shuts down: on the console's `shutdown`, and possibly in a crash.
 * `core_control_shutdown_ex` also says why.
 *
 * @hook core
 * @name core_control_shutdown
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-control-shutdown
 */
void control_shutdown(void *closure);

/**
 * Runs when the server shuts down: on the console's `shutdown`, and possibly in a crash.
 *
 * @hook core
 * @param die Number of the signal that ended the server; 0 when none did.
 * @param ret Exit status that the operating system gets.
 * @param file Source file that asked for the shutdown.
 * @param lineno Line in `file`.
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-control-shutdown-ex
 */
void core_control_shutdown_ex(void *closure, int die, int ret, const char *file, int lineno);

/**
 * Runs just before the server becomes a daemon, while standard input, output and error are still open. It
 * runs before modules are initialized, so that only a C module's `module_config_setup` can register it.
 *
 * @hook core
 * @name core_pre_console_release
 * @since 3=3.0 4=4.0
 * @trap A scriptlet is loaded too late for this hook to run.
 * @page momentum/3/3-api/hooks-core-pre-console-release
 */
void pre_console_release(void *closure);
