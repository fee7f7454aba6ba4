/* C functions of sieve/address.h. */

/**
 * Takes the addresses of a header value apart.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-address-parse
 */
int rfc2822_address_parse(rfc2822_address_context *ctx, const char *hdr, int hdrlen);
