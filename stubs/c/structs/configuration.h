/* Configuration scopes, options and values. */

/**
 * An instance of a configuration scope.
 *
 * @page momentum/3/3-api/structs-ec-config-header
 */
struct ec_config_header {
    /** Number of holders. */
    ec_atomic_t refcnt;
    /** Number of the configuration's generation. */
    ec_atomic_t generation;
    /** Name of the instance. */
    char *name;
    /** No longer used; always NULL. */
    char *comment;
    /** No longer used; always NULL. */
    ECDict attributes;
    /** No longer used; always 0. */
    int suppress_write_config;
    /** The scope that this is an instance of. */
    struct ec_config_scope *myscope;
    /** No longer used; always NULL. */
    ec_config_header *parent;
    /** No longer used; always NULL. */
    void **cfgslots;
    /** No longer used; always NULL. */
    void **dataslots;
    /** No longer used; always NULL. */
    ECDict comments;
    /** Instances of scopes inside this one. */
    ec_hash_table *children;
    /** Finds inner scopes by pattern; may be NULL. */
    ec_hash_table *match_scopes;
    /** 1 when old interfaces used it, so that it is never freed. */
    int leaked;
    /** Path of the instance from the root. */
    char *ancestry;
    /** Root of the configuration that it belongs to. */
    ec_config_header *transaction;
    /** Values by option number. */
    ec_ptr_array *options;
    /** Places in the syntax tree that it came from. */
    ec_ptr_array *nodes;
    /** Which of those places each child came from. */
    ec_hash_table *childnodes;
};

/**
 * Declares an option that a module understands.
 *
 * @page momentum/3/3-api/structs-ec-config-option-def
 */
struct ec_config_option_def {
    const char *name;
    ec_config_item_type_t type;
    const char *personality;
    const char *fallback;
    unsigned int flags;
    void *closure;
    const char *defval;
    const ec_config_value_mapping *map;
    /** Checks a value before it is accepted. */
    int (*validate_value)(ec_config_option_def *option, ec_string *output, ec_config_header *cfghdr,
        ec_config_value *val);
    /** Called after a value was set. */
    void (*postset)(ec_config_option_def *option, ec_string *output, ec_config_header *cfghdr,
        ec_config_value *val);
    /** Frees the data that belongs to a value. */
    void (*datafree)(ec_config_option_def *option, void *data);
};

/**
 * A word that an option accepts and the value that it stands for.
 *
 * @page momentum/3/3-api/structs-ec-config-option-def
 */
struct ec_config_value_mapping {
    const char *name;
    const char *value;
};

/**
 * The value of an option.
 *
 * @page momentum/3/3-api/structs-ec-config-value
 */
struct ec_config_value {
    ec_atomic_t refcnt;
    /** 1 when old interfaces used it, so that it is never freed. */
    int leaked;
    /** The option that this is a value of. */
    ec_config_option_def *opt;
    /** 1 when it hides an earlier definition. */
    int shadow;
    /** Place in the syntax tree that it came from. */
    ecGeneric_config_node_t *node;
    ec_config_value_storage *v;
    void *data;
};

/**
 * Storage of an option's value: one of the members, by the option's type.
 *
 * @page momentum/3/3-api/structs-ec-config-value
 */
struct ec_config_value_storage {
    char *vstr;
    int vint;
    u_int64_t vu64;
    double vdouble;
    struct sockaddr *vsa;
    throttle *vthrot;
    ECDict vdict;
    size_t vsize;
    ec_config_regex *vre;
    ec_ptr_array *varr;
};

/**
 * An object in a configuration list.
 *
 * @page momentum/3/3-api/structs-eclist-node
 */
struct eclist_node {
    /** A pair of key and value. */
    struct eclist_object_definition_u_vkeyval vkeyval;
};

/**
 * A node of a configuration list.
 *
 * @page momentum/3/3-api/structs-eclist-node
 */
struct ec_list_node {
    int type;
    eclist_object_definition object;
    ec_list_node *next;
};
