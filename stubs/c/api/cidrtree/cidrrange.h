/* C functions of cidrtree/cidrrange.h. */

/**
 * Frees a set of IPv4 ranges.
 *
 * @page momentum/3/3-api/apis-cidrrange-ipv-4-free
 */
void cidrrange_ipv4_free(cidrrange_ipv4 *node);

/**
 * Adds a network to a set of IPv4 ranges and joins neighbours of the same orientation.
 *
 * @page momentum/3/3-api/apis-cidrrange-ipv-4-merge
 */
void cidrrange_ipv4_merge(cidrrange_ipv4 *root, struct in_addr ip, u_int32_t mask, u_int32_t orientation);

/**
 * Makes an empty set of IPv4 ranges with a default orientation.
 *
 * @page momentum/3/3-api/apis-cidrrange-ipv-4-new
 */
cidrrange_ipv4 *cidrrange_ipv4_new(int orientation);

/**
 * Looks up the orientation of an IPv4 address.
 *
 * @page momentum/3/3-api/apis-cidrrange-ipv-4-query
 */
int cidrrange_ipv4_query(const cidrrange_ipv4 *root, struct in_addr ip);

/**
 * Adds a network to a set of IPv4 ranges as it is.
 *
 * @page momentum/3/3-api/apis-cidrrange-ipv-4-update
 */
void cidrrange_ipv4_update(cidrrange_ipv4 *root, struct in_addr ip, u_int32_t mask, u_int32_t orientation);

/**
 * Writes an IPv4 range map as text.
 *
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-dump
 */
void cidrrange_val_ipv4_dump(cidrrange_val_ipv4 *root, ec_string *out);

/**
 * Frees an IPv4 range map.
 *
 * @thread any
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-free
 */
void cidrrange_val_ipv4_free(cidrrange_val_ipv4 *node);

/**
 * Gives a network a value in an IPv4 range map and joins neighbours of the same value.
 *
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-merge
 */
void cidrrange_val_ipv4_merge(cidrrange_val_ipv4 *root, struct in_addr ip, u_int32_t mask, ec_blobject *data);

/**
 * Makes an empty IPv4 range map with a default value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-new
 */
cidrrange_val_ipv4 *cidrrange_val_ipv4_new(ec_blobject *default_value);

/**
 * Looks up the value of an IPv4 address in a range map.
 *
 * @thread any
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-query
 */
ec_blobject *cidrrange_val_ipv4_query(const cidrrange_val_ipv4 *root, struct in_addr ip);

/**
 * Gives a network a value in an IPv4 range map.
 *
 * @thread any
 * @page momentum/3/3-api/apis-cidrrange-val-ipv-4-update
 */
void cidrrange_val_ipv4_update(
    cidrrange_val_ipv4 *root, struct in_addr ip, u_int32_t mask, ec_blobject *data);
