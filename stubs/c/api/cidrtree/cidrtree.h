/* C functions of cidrtree/cidrtree.h. */

/**
 * Counts the IPv4 connections of a network, given as an address with a length or as text.
 *
 * @page momentum/3/3-api/apis-cidr-ipv-4-count-2
 */
u_int32_t cidr_ipv4_count2(cidrnode_ipv4 *root, ec_sockaddr *addr, u_int32_t bit_len, const char *cidr);

/**
 * Takes one off the count of an IPv4 address.
 *
 * @thread any
 * @page momentum/3/3-api/apis-cidr-ipv-4-delete
 */
void cidr_ipv4_delete(cidrnode_ipv4 *root, struct in_addr ip);
