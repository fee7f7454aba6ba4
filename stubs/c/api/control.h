/* C functions of control.h. */

/**
 * Connects to the console of a running server.
 *
 * @page momentum/3/3-api/apis-cli-conn
 */
int cli_conn(const char *endpoint, char *outname);

/**
 * Sets up the console listener.
 *
 * @page momentum/3/3-api/apis-ec-control-factory-init
 */
int ec_control_factory_init(EventFunc factory);

/**
 * Returns the console command that is being handled.
 *
 * @page momentum/3/3-api/apis-ec-control-get-command-construct
 */
command_construct *ec_control_get_command_construct(void);

/**
 * Older form of `ec_control_register_command2`.
 *
 * @deprecated Use `ec_control_register_command2`.
 * @page momentum/3/3-api/apis-ec-control-register-command
 */
void ec_control_register_command(const char *prefix, void *closure, ec_control_function func);

/**
 * Adds a console command: calls `func` for commands that begin with the prefix.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-control-register-command-2
 */
void ec_control_register_command2(const char *prefix, void *closure, ec_control_function2 func);

/**
 * As `ec_control_register_command2`, with a reference-counted closure and an error result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-control-register-command-3
 */
int ec_control_register_command3(const char *prefix, ec_blobject *closure, ec_control_function2 func);

/**
 * Older way to add a console command that runs in every scheduler.
 *
 * @deprecated Use `ec_control_register_command2`.
 * @page momentum/3/3-api/apis-ec-control-register-command-allsched
 */
void ec_control_register_command_allsched(const char *prefix, void *closure, ec_control_function func);

/**
 * Older way to add a kind of console command.
 *
 * @deprecated Use `ec_control_register_command2`.
 * @page momentum/3/3-api/apis-ec-control-register-type
 */
void ec_control_register_type(ec_control_type *type);

/**
 * Sends a command over a console connection and hands the answer on in pieces.
 *
 * @page momentum/3/3-api/apis-ec-control-send-command
 */
int ec_control_send_command(
    int fd, const char *command, void *closure, int (*consumer)(void *closure, char *buf, int len));

/**
 * Says whether the server is going down.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-is-shutting-down
 */
int ec_is_shutting_down(void);

/**
 * Begins to take the server down; records where that was asked for.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-shutdown-ex
 */
void ec_shutdown_ex(int die, int ret, const char *file, int lineno);

/**
 * Older form of `run_command2`.
 *
 * @thread scheduler
 * @deprecated Use `run_command2`.
 * @page momentum/3/3-api/apis-run-command
 */
int run_command(command_construct *cc, ec_string *response);

/**
 * Runs a console command and appends its answer to a string.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-run-command-2
 */
int run_command2(command_construct *cc, ec_string *response, Event *session);

/**
 * Sends a command over a console connection and returns the answer.
 *
 * @page momentum/3/3-api/apis-send-command
 */
char *send_command(int fd, char *input, int max_len);
