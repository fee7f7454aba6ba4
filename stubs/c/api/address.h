/* C functions of address.h. */

/**
 * Frees the addresses of a parsed header field.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-address-destroy
 */
void rfc2822_address_destroy(rfc2822_address_context *ctx);
