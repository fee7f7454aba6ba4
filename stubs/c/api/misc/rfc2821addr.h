/* C functions of misc/rfc2821addr.h. */

/**
 * Frees a parsed envelope address.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2821-address-destroy
 */
void rfc2821_address_destroy(rfc2821_ctx *ctx);

/**
 * Takes an envelope address apart.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2821-address-parse
 */
int rfc2821_address_parse(const char *addr, int addrlen, rfc2821_ctx *ctx);
