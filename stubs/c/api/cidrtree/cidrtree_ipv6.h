/* C functions of cidrtree/cidrtree_ipv6.h. */

/**
 * Counts the IPv6 connections of a network, given as an address with a length or as text.
 *
 * @page momentum/3/3-api/apis-cidr-ipv-6-count-2
 */
u_int32_t cidr_ipv6_count2(cidrnode_ipv6 *root, ec_sockaddr *addr, u_int32_t bit_len, const char *cidr);
