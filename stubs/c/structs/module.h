/* Modules and hooks. */

/**
 * A module; as a parameter, the module that asks for a configuration value. Pass it on as it is.
 *
 * @receiver cs, scope
 * @page momentum/3/3-api/structs-generic-module-infrastructure
 */
struct generic_module_infrastructure {
    /** What every module has. */
    shared_module_infrastructure_8 shared;
};

/**
 * What every module declares of itself.
 *
 * @page momentum/3/3-api/structs-shared-module-infrastructure-8
 */
struct shared_module_infrastructure_8 {
    u_int32_t module_api_version;
    module_instance_data *_inst;
    void *_proxy;
    /** Name in `module list`. */
    const char *module_name;
    /** Description in `module list`. */
    const char *module_description;
    /** Answers console commands. */
    ControlHookFunc module_control;
    /** No longer used since 3.0. */
    ModuleConfFunc module_conf;
    /** No longer used since 3.0. */
    ModuleExtendedConfFunc module_ext_conf;
    /** No longer used since 3.0. */
    ModuleInitFunc module_init;
    /** No longer used since 3.0. */
    ModuleInitFunc module_post_init;
    /** Called when the module is loaded, to register its options. */
    ModuleConfSetupFunc module_config_setup;
    /** No longer used since 3.0. */
    ModuleEnablerFunc module_enable;
    /** No longer used since 3.0. */
    ModuleCanUnloadFunc module_can_unload;
    /** Called for every new instance when a configuration is committed. */
    ModuleExtendedInitFunc module_ext_init;
};

/**
 * A logging module of the old kind, with its functions.
 *
 * @page momentum/3/3-api/structs-logging-infrastructure-1
 */
struct logging_infrastructure_1 {
    shared_module_infrastructure_8 shared;
    LogFormatFunc_1 log_error;
    LogRcvEmailFunc_1 log_reception;
    LogEmailFunc_1 log_attempt;
    LogEmailFunc_1 log_transient_failure;
    LogEmailFunc_1 log_permanent_failure;
    LogEmailFunc_1 log_delivery;
    LogHookFunc_1 log_close;
    LogHookFunc_1 log_reopen;
    LogRejectFunc_1 log_rejection;
};

/**
 * A point at which hooks can be registered.
 *
 * @page momentum/3/3-api/structs-ec-hook-head
 */
struct ec_hook_head {
    char *hook_name;
    char *hook_proto;
    char *decl_proto;
    struct __ec_hookarg *args;
    /** No longer used. */
    ec_atomic_t arrlock;
    /** No longer used. */
    struct __ec_hookarray *arr;
    ec_atomic_t hook_id;
};
