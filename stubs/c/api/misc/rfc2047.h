/* C functions of misc/rfc2047.h. */

/**
 * Decodes encoded words in a header value to UTF-8.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2047-utf-8-decode
 */
char *rfc2047_utf8_decode(const char *header, int hdrlen, int *outlen, int *needs_free);

/**
 * Decodes encoded words in a header value to UTF-8, into a string.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-rfc-2047-utf-8-decode-to-string
 */
int rfc2047_utf8_decode_to_string(const char *header, int hdrlen, ec_string *out);

/**
 * Writes UTF-8 text as encoded words.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-rfc-2047-utf-8-encode-to-string
 */
int rfc2047_utf8_encode_to_string(const char *in, int in_len, ec_string *out);
