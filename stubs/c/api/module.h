/* C functions of module.h. */

/**
 * Writes a debugging line of a module.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-mod-vdebug
 */
void ec_mod_vdebug(generic_module_infrastructure *mod, int level, const char *fmt, va_list arg);

/**
 * Copies an iterator over the modules.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-iter-clone
 */
void ec_module_manifest_iter_clone(ec_module_manifest_iter_t *dst, ec_module_manifest_iter_t *src);

/**
 * Frees an iterator over the modules.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-iter-destroy
 */
void ec_module_manifest_iter_destroy(ec_module_manifest_iter_t *iter);

/**
 * Prepares an iterator over the modules.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-iter-init
 */
void ec_module_manifest_iter_init(ec_module_manifest_iter_t *iter);

/**
 * Moves on to the next module.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-iter-next
 */
int ec_module_manifest_iter_next(ec_module_manifest_iter_t *iter, const char **modulename);

/**
 * Reads the list of modules again.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-refresh
 */
void ec_module_manifest_refresh(void);

/**
 * Reads an entry of a module's manifest as a dictionary.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-value-as-dict
 */
int ec_module_manifest_value_as_dict(
    ec_module_manifest_iter_t *iter, const char *modulename, const char *keyname, ECDict *dict);

/**
 * Reads an entry of a module's manifest as a list.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-value-as-list
 */
int ec_module_manifest_value_as_list(
    ec_module_manifest_iter_t *iter, const char *modulename, const char *keyname, ec_ptr_array **list);

/**
 * Reads an entry of a module's manifest as text.
 *
 * @page momentum/3/3-api/apis-ec-module-manifest-value-as-string
 */
int ec_module_manifest_value_as_string(
    ec_module_manifest_iter_t *iter, const char *modulename, const char *keyname, const char **string_val);

/**
 * Loads the modules that provide a capability.
 *
 * @page momentum/3/3-api/apis-ec-module-resolve-capability
 */
int ec_module_resolve_capability(const char *capability_string, ec_string *out);
