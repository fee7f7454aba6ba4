/* C functions of rfc2822_parser.h. */

/**
 * Copies a header.
 *
 * @page momentum/3/3-api/apis-rfc-2822-clone-headers
 */
rfc2822_context *rfc2822_clone_headers(rfc2822_context *ctx);

/**
 * Returns the first field of that name.
 *
 * @thread any
 * @correction The synopsis lacks the `*` of the result.
 * @page momentum/3/3-api/apis-rfc-2822-find-first-header
 */
rfc2822_field *rfc2822_find_first_header(rfc2822_context *ctx, const char *header_name);

/**
 * Returns the next field of the same name.
 *
 * @thread any
 * @correction The synopsis lacks the `*` of the result.
 * @page momentum/3/3-api/apis-rfc-2822-find-next-header
 */
rfc2822_field *rfc2822_find_next_header(rfc2822_field *last);

/**
 * Frees a copied header.
 *
 * @page momentum/3/3-api/apis-rfc-2822-free-context
 */
void rfc2822_free_context(rfc2822_context *ctx);

/**
 * Frees a field.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-free-header
 */
void rfc2822_free_header(rfc2822_field *header);

/**
 * Appends a line to a field.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-header-append-line
 */
void rfc2822_header_append_line(rfc2822_field *hdr, const char *str);

/**
 * Appends a field to a string as it goes over the wire.
 *
 * @page momentum/3/3-api/apis-rfc-2822-header-stringwrite
 */
ec_string *rfc2822_header_stringwrite(ec_string *s, rfc2822_field *field);

/**
 * Appends a field to a string, with options.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-header-stringwrite-ex
 */
ec_string *rfc2822_header_stringwrite_ex(ec_string *s, rfc2822_field *field, int flags);

/**
 * Makes a field.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-new-header
 */
rfc2822_field *rfc2822_new_header(const char *name, const char *str);

/**
 * Makes a field with a formatted value.
 *
 * @page momentum/3/3-api/apis-rfc-2822-new-headerf
 */
rfc2822_field *rfc2822_new_headerf(const char *name, const char *fmt, ...);

/**
 * Reads the parameters of a header value into a dictionary.
 *
 * @page momentum/3/3-api/apis-rfc-2822-parse-rfc-2045-parameters-str
 */
ECDict rfc2822_parse_rfc2045_parameters_str(const char *str);

/**
 * Puts a field in front of a header.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-prepend-headers
 */
void rfc2822_prepend_header(rfc2822_context *ctx, rfc2822_field *hdr);

/**
 * Removes a field from a header.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rfc-2822-remove-header
 */
int rfc2822_remove_header(rfc2822_context *ctx, const char *h);
