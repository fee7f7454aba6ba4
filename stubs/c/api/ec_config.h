/* C functions of ec_config.h. */

/**
 * Reads `drop_body_after_trans_fail` for a binding and domain.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-binding-domain-drop-body-after-trans-fail
 */
int config_get_binding_domain_drop_body_after_trans_fail(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads the most messages that a binding and domain keep in memory.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-max-resident-active-queue-size
 */
int config_get_binding_domain_max_resident_active_queue_size(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads how often delivery is tried again for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-max-retries
 */
int config_get_binding_domain_max_retries(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads how long, in seconds, a binding and domain keep a message.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-message-expiration
 */
int config_get_binding_domain_message_expiration(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads the seconds between attempts for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-retry-interval
 */
int config_get_binding_domain_retry_interval(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads the file of TLS authorities for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-tls-ca
 */
char *config_get_binding_domain_tls_ca(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads the TLS cipher list for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-tls-ciphers
 */
char *config_get_binding_domain_tls_ciphers(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads the file of the TLS key for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-tls-key
 */
char *config_get_binding_domain_tls_key(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads how certificates are checked for a binding and domain.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-tls-verify
 */
int config_get_binding_domain_tls_verify(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Reads whether a binding and domain use TLS.
 *
 * @thread any
 * @correction The synopsis lacks the `char` of `domain`.
 * @page momentum/3/3-api/apis-config-get-binding-domain-use-tls
 */
int config_get_binding_domain_use_tls(
    generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Returns the name of the group that a binding belongs to.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-binding-group
 */
const char *config_get_binding_group(generic_module_infrastructure *caller_scope, int slot);

/**
 * Returns the number of the binding with that name.
 *
 * @param name Name of the binding.
 * @result integer The number, 0 or more; below 0 when there is no such binding.
 * @nilcrash name
 * @seen
 * @fidelity modelled
 * @thread any
 * @page momentum/3/3-api/apis-config-get-binding-id-from-name
 */
ec_binding_slot config_get_binding_id_from_name(const char *name);

/**
 * Returns the name of the binding with that number.
 *
 * @param slot Number of the binding.
 * @result string The name.
 * @result nil There is no binding of that number.
 * @seen
 * @fidelity modelled
 * @thread any
 * @page momentum/3/3-api/apis-config-get-binding-name-from-id
 */
char *config_get_binding_name_from_id(ec_binding_slot slot);

/**
 * Reads the seconds that connecting may take.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-connect-timeout
 */
int config_get_connect_timeout(generic_module_infrastructure *caller_scope);

/**
 * Reads the host name that the server goes by.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-hostname
 */
char *config_get_hostname(generic_module_infrastructure *caller_scope);

/**
 * Reads the permission bits of spool files.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-spool-mode
 */
int config_get_spool_mode(generic_module_infrastructure *caller_scope);

/**
 * Reads the file of the TLS certificate for a binding and domain.
 *
 * @thread any
 * @page momentum/3/3-api/apis-config-get-binding-domain-tls-cert
 */
char *config_get_tls_cert(generic_module_infrastructure *caller_scope, int binding, const char *domain);

/**
 * Returns the configuration in force.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-fetch-globalconf
 */
ec_config_header *ec_config_fetch_globalconf(void);

/**
 * Frees a list of MX routes.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-free-mx-routes
 */
void ec_config_free_mx_routes(mx_routes *r);

/**
 * Makes an empty value for an option.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-null-value
 */
ec_config_value *ec_config_null_value(int option_slot);

/**
 * Returns the number of the option that a capability names.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-option-slot-from-capablity
 */
int ec_config_option_slot_from_capability(char *capability);

/**
 * Declares an option of a module.
 *
 * @page momentum/3/3-api/apis-ec-config-register-option
 */
int ec_config_register_option(ec_config_option_def *option);

/**
 * Releases an instance of a configuration scope.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-release-scope-instance
 */
void ec_config_release_scope_instance(void *tofree);

/**
 * Releases a configuration value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-config-release-value
 */
void ec_config_release_value(void *tofree);
