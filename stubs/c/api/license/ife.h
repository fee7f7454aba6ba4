/* C functions of license/ife.h. */

/**
 * Lists the network interfaces of a family.
 *
 * @page momentum/3/3-api/apis-ec-if-list
 */
int ec_if_list(ec_interface **ifp, int family, int flags);

/**
 * Returns the ARP table.
 *
 * @page momentum/3/3-api/apis-if-arp-cache
 */
struct ec_arp_entry *if_arp_cache(int *count);
