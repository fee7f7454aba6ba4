/* Hooks of the configuration. */

/**
 * Runs within a configuration transaction, so that a module can register its resources (HTTP endpoints,
 * console commands) there. A resource that is registered elsewhere may vanish with the next `config set` or
 * `config unset`. In Lua, the callout `rsrc_setup` serves this purpose.
 *
 * @hook config
 * @param transaction The configuration transaction that is under way.
 * @ignored
 * @since 4=4.0
 * @thread any
 * @correction The synopsis says `int`, the text says that it returns nothing; it is read as ignored.
 * @page momentum/4/hooks/config-rsrc-setup
 */
int config_rsrc_setup(void *closure, ec_config_header *transaction);
