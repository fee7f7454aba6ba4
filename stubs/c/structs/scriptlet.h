/* The scriptlet engine as C sees it. */

/**
 * A thread of the scriptlet engine. Its members are not documented.
 *
 * @page momentum/3/3-api/structs-scpt-thread
 */
struct scpt_thread;

/**
 * A type of userdata.
 *
 * @page momentum/3/3-api/structs-scpt-objtype
 */
struct scpt_objtype {
    /** Size of this structure in bytes. */
    unsigned sizeof_scpt_objtype;
    /** Name of the type. */
    char *type_name;
    /** Called when a value is wrapped. */
    void (*on_create)(scpt_thread *L, void *ptr);
    /** Called when a wrapped value is collected. */
    int (*on_gc)(scpt_thread *L);
    /** Its methods; an entry without a name ends them. */
    scpt_obj_method *methods;
    /** Getters and setters by field. */
    ec_hash_table *properties;
    int _abi_trick;
};

/**
 * A method of a userdata type.
 *
 * @page momentum/3/3-api/structs-scpt-objtype
 */
struct scpt_obj_method {
    char *name;
    scpt_function func;
};

/**
 * A callout that scripts can define.
 *
 * @page momentum/3/3-api/structs-scpt-callout
 */
struct scpt_callout {
    char *name;
    scpt_arg_def *rettype;
    /** Number of the callout, in order of registration. */
    int calloutid;
    /** Types of its parameters. */
    ec_ptr_array arg_defs;
    /** Key in the table of callouts. */
    char *hashkey;
};

/**
 * A parameter of a callout.
 *
 * @page momentum/3/3-api/structs-scpt-callout
 */
struct scpt_arg_def {
    char *type_name;
    scpt_objtype *objtype;
    unsigned int size;
    int type;
    const char *bag_type_name;
    const char *ctx_key_name;
    int looked_for_metatable;
};
