/* C functions of module-hooks.h. */

/**
 * Declares a hook that returns a value, in a header: `handleret` is the code that decides after each
 * implementation whether to go on.
 *
 * @page momentum/3/3-api/apis-ec-declare-hook
 */
#define EC_DECLARE_HOOK(scope, type, name, typedefargs, declargs, callargs, handleret)

/**
 * Declares a hook that returns nothing, in a header.
 *
 * @page momentum/3/3-api/apis-ec-declare-hook
 */
#define EC_DECLARE_VOID_HOOK(scope, name, typedefargs, declargs, callargs)

/**
 * Registers a hook in front of the others.
 *
 * @page momentum/3/3-api/apis-module-add-hook-first
 */
ec_atomic_t module_add_hook_first(const char *name, const char *proto, void *hook, void *closure, int flags);

/**
 * Registers a hook behind the others.
 *
 * @page momentum/3/3-api/apis-module-add-hook-last
 */
ec_atomic_t module_add_hook_last(const char *name, const char *proto, void *hook, void *closure, int flags);

/**
 * Returns the hooks registered at a point, for a configuration.
 *
 * @thread any
 * @page momentum/3/3-api/apis-module-get-hook-array-from-transaction
 */
ec_ptr_array *module_get_hook_array_from_transaction(ec_config_header *transaction, ec_hook_head *head);

/**
 * Returns a hook point, with the names and types of its arguments.
 *
 * @thread any
 * @page momentum/3/3-api/apis-module-get-hook-head
 */
ec_hook_head *module_get_hook_head(const char *hook_name, const char *proto);
