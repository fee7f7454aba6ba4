/* C functions of dns.h. */

/**
 * Says whether a text is an IP address, and gives its family and value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-is-valid-ip
 */
int is_valid_IP(const char *string, u_int8_t *family, struct in6_addr *address);
