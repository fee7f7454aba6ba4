/* The console. */

/**
 * A console command in progress. Arguments and arrays are shared with C.
 *
 * @receiver cc
 * @page momentum/3/3-api/structs-command-construct
 */
struct command_construct {
    /** Type of the command. */
    unsigned short type;
    /** Length of the command text in bytes. */
    unsigned short command_len;
    /** How the answer is rendered. */
    unsigned short mode;
    /** The command as it was typed. */
    ec_string command;
    /** Who is logged in on the console. */
    struct ec_auth_info auth_info;
    /** What that user may do. */
    struct ec_authz_info authz_info;
    /** Internal. */
    unsigned short tus[2];
    /** Header of the answer on the wire. */
    char respheader[6];
    /** The answer so far. */
    ec_string response;
    /** How many bytes of the answer were written. */
    unsigned int responseoff;
    /** 1 while the header of the answer is written. */
    unsigned writing_header : 1;
    /** 1 when the answer is wanted as XML. */
    unsigned xml : 1;
    /** Unused bits. */
    unsigned _spare : 30;
    /** Name of the listener's personality. */
    char *personality;
    /** Number of arguments, the command's own name included. */
    int argc;
    /** The arguments. Indices run from 0 to `argc - 1`; reading outside them crashes the server. */
    const char **argv;
    /** Where each argument starts in the command text. */
    const char **argv_offsets;
    /** The console's connection. */
    accept_construct *ac;
    /** Configuration that was in force when the command began. */
    ec_config_header *transaction;
    /** State of a command that goes on later. */
    void *async_ptr;
    /** C function that goes on with the command. */
    ec_control_function2 async_resume_func;
};
