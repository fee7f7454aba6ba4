/* C functions of configuration.h. */

/**
 * Fetches a list of resources that was registered with the configuration.
 *
 * @since 4=4.0
 * @thread any
 * @page momentum/4/apis-ec-config-rsrc-get
 */
ec_blobject *ec_config_rsrc_get(ec_atomic_t id, int registering);
