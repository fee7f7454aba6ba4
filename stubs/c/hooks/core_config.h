/* Hooks with which the core asks for settings, or tells that they changed. */

/**
 * Asked for the `routes` setting of a domain, in place of what the configuration says.
 *
 * @hook core
 * @param valueptr Takes the setting's value.
 * @param from Takes the scope that the value comes from; may be null.
 * @param domain The domain; may be nil.
 * @result 0 not handled: the next module is asked
 * @result nonzero handled: no other module is asked, and the caller gets this value
 * @since 3=3.0 4=4.0
 * @thread any
 * @trap `valueptr` and `from` are C pointers; no page shows how Lua sets what they point to.
 * @page momentum/3/3-api/hooks-core-config-fetch-domain-routes
 */
int core_config_fetch_domain_routes(void *closure, ec_config_value **valueptr, ec_config_header **from,
    const char *domain);

/**
 * Asked whether mail for a domain is relayed. Without a hook the `relay_hosts` list decides.
 *
 * @hook core
 * @name core_config_get_domain_relay
 * @param cs Scope on whose behalf it is asked; may be nil.
 * @param domain The recipient's domain.
 * @param retval Set to the domain's relay status.
 * @result 0 not handled: `relay_hosts` decides
 * @result nonzero `retval` holds the answer
 * @since 3=3.0 4=4.0
 * @trap `retval` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-config-get-domain-relay
 */
int config_get_domain_relay(void *closure, generic_module_infrastructure *cs, const char *domain, int *retval);

/**
 * Asked for `host_failure_retry` after a connection to a host has failed: how many seconds pass before the
 * host is tried again.
 *
 * @hook core
 * @param caller_scope Scope on whose behalf it is asked.
 * @param value Takes the setting's value; may be null.
 * @result 0 not handled: the next module is asked
 * @result nonzero handled: no other module is asked, and the caller gets this value
 * @since 3=3.0 4=4.0
 * @thread any
 * @trap `value` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-auto-config-get-domain-host-failure-retry
 */
int core_config_get_host_failure_retry(void *closure, generic_module_infrastructure *caller_scope, int *value);

/**
 * Asked which domain's queue a message goes to: the `gateway` setting for a single message. Runs whenever the
 * server has to know it.
 *
 * @hook core
 * @param cs Scope on whose behalf it is asked.
 * @param m The message.
 * @param buff Takes the routing domain: set it with `buff:set(domain)`. Assigning to the parameter has no
 *   effect outside.
 * @param len Size of `buff` in bytes.
 * @result 0 not handled: the configured gateway, else the recipient's domain
 * @result 1 handled: the message is queued for the domain in `buff`
 * @result positive handled, as 1 is: the documentation's example returns the length of the name
 * @since 3=3.0 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-core-config-get-message-routing-domain
 */
int core_config_get_message_routing_domain(void *closure, generic_module_infrastructure *cs, ec_message *m,
    char *buff, int len);

/**
 * Runs after a configuration option was set.
 *
 * @hook core
 * @name core_config_option_post_set
 * @param cfghdr The scope of the configuration in which it was set.
 * @param opt The option.
 * @param container The place that holds the value.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-config-option-post-set
 */
void config_option_post_set(void *closure, ec_config_header *cfghdr, ec_config_option *opt, void **container);

/**
 * Runs before a configuration option is set, after its new value was found valid.
 *
 * @hook core
 * @name core_config_option_pre_set
 * @param cfghdr The scope of the configuration in which it is to be set.
 * @param opt The option.
 * @param container The place that holds the value.
 * @result 0 the option is set
 * @result 1 the option is not stored, no other hook runs, and the setting counts as successful
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-config-option-pre-set
 */
int config_option_pre_set(void *closure, ec_config_header *cfghdr, ec_config_option *opt, void **container);

/**
 * Asked whether adaptive delivery keeps its state for a binding and domain for the whole cluster.
 *
 * @hook core
 * @name core_is_adaptive_scope_global
 * @param binding_slot Number of the binding.
 * @param domain The domain; may be nil.
 * @result 0 the state is this node's own
 * @result 1 the state is shared by the cluster
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-is-adaptive-scope-global
 */
int is_adaptive_scope_global(void *closure, int binding_slot, const char *domain);

/**
 * Runs right after a configuration was committed.
 *
 * @hook core
 * @name core_post_config_commit
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-config-commit
 */
void post_config_commit(void *closure);

/**
 * Asked whether mail for a domain is relayed, before `core_config_get_domain_relay` and the configuration
 * are.
 *
 * @hook core
 * @name core_pre_ec_can_relay_to
 * @param domain The recipient's domain.
 * @param rv Takes the domain's relay status.
 * @param cont Set to `VALIDATE_DONE` when `rv` holds, so that the configuration is not asked.
 * @since 3=3.0 4=4.0
 * @trap `rv` and `cont` are C pointers; no page shows how Lua sets what they point to.
 * @page momentum/3/3-api/hooks-core-pre-ec-can-relay-to
 */
void pre_ec_can_relay_to(void *closure, const char *domain, int *rv, int *cont);
