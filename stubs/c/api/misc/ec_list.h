/* C functions of misc/ec_list.h. */

/**
 * Appends a list option for the console.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-config-list
 */
ec_string *stringwrite_config_list(ec_string *str, const char *label, eclist_node *value, int xml);
