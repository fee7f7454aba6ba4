/* Sieve scripts. */

/**
 * A compiled Sieve script.
 *
 * @name SIEVE (sieve_state)
 * @page momentum/3/3-api/structs-sieve
 */
struct SIEVE {
    char *source;
    SIEVEARGS *commands;
    SIEVEOP *ops;
    int nops;
    int errors;
    /** Capabilities that the script requires. */
    ECDict required;
    /** What the script needs, as a mask of `SIEVEREQ_…`. */
    unsigned int needs;
    /** Receives error texts, when set. */
    ec_string *error_log;
    ec_atomic_t refcount;
    /** 1 when a missing `require` is no error. */
    int skip_requires;
};

/**
 * A run of a Sieve script.
 *
 * @name SENG (sieve_engine)
 * @page momentum/3/3-api/structs-seng
 */
struct SENG {
    /** The script. */
    SIEVE *sieve;
    ec_message *_vmsg;
    validate_context *ctx;
    accept_construct *ac;
    char *phase;
    int plen;
    struct {
        rfc2822_context rfc2822ctx;
        ec_mime_context mimectx;
        int mime_error;
        unsigned valid_rfc2822 : 1;
        unsigned valid_mimectx : 1;
    } legacy;
    /** Values that the actions use. */
    ec_bag *bag;
    /** Result. */
    int rc;
    /** Position in the program. */
    int pc;
    Event *session;
    int dns_complete;
    /** Value that is returned to the script. */
    SIEVEARGS *rv;
    /** Variables of the script. */
    ec_hash_table *variables;
    unsigned should_free_ac : 1;
    unsigned can_go_async : 1;
    /** 1 when the message was last used in the old form. */
    unsigned legacy_msg : 1;
    unsigned orig_was_legacy : 1;
    unsigned _spare : 4;
    /** Arguments of the next action. */
    SIEVEARGS *args;
    /** List that is being built for the arguments. */
    SIEVEARGS *arg_stringlist;
    /** State of an action that will be called again. */
    void *module_data;
    /** Where to go on after the end of the current program. */
    struct sieve_op_stack *opstack;
    int error_mode;
    int can;
};

/**
 * Arguments in a Sieve script: a node of its syntax tree.
 *
 * @name SIEVEARGS (sieve_ast)
 * @page momentum/3/3-api/structs-sieve-ast
 */
struct SIEVEARGS {
    int op;
    SIEVEARGS *next;
    SIEVEARGS **args;
    /** Number of arguments. */
    int nargs;
    /** Room for arguments. */
    int margs;
    SIEVETOKEN value;
    ec_atomic_t refcount;
};

/**
 * A token of a Sieve script.
 *
 * @page momentum/3/3-api/structs-sieve-ast
 */
struct token_value;

/**
 * Prepared state of a Sieve comparison.
 *
 * @page momentum/3/3-api/structs-sieve-ast
 */
struct sieve_accelerator;
