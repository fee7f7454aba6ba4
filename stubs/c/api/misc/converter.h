/* C functions of misc/converter.h. */

/**
 * Converts bytes between character sets, into a buffer of fixed size.
 *
 * @page momentum/3/3-api/apis-ec-convert-buffer
 */
int ec_convert_buffer(
    const char *fromcode, const char *frombuf, size_t frombuflen, const char *tocode, char *tobuf,
    size_t tobuflen, size_t *bytes_consumed, size_t *bytes_produced);

/**
 * Converts bytes between character sets, into a string.
 *
 * @page momentum/3/3-api/apis-ec-convert-buffer-to-string
 */
int ec_convert_buffer_to_string(
    const char *fromcode, const char *frombuf, int frombuflen, const char *tocode, ec_string *deststring);

/**
 * Opens a handle that converts another between character sets.
 *
 * @page momentum/3/3-api/apis-ec-convert-io
 */
io_object *ec_convert_io(io_object *from, const char *fromcode, const char *tocode);

/**
 * Adds an implementation of character set conversion.
 *
 * @page momentum/3/3-api/apis-ec-convert-register
 */
int ec_convert_register(void *closure, struct ec_converter_funcs *funcs);

/**
 * Converts a string between character sets.
 *
 * @page momentum/3/3-api/apis-ec-convert-string
 */
int ec_convert_string(const char *fromcode, ec_string *fromstring, const char *tocode, ec_string *deststring);

/**
 * Ends a conversion.
 *
 * @page momentum/3/3-api/apis-ec-converter-close
 */
void ec_converter_close(ec_converter *conv);

/**
 * Converts the next piece.
 *
 * @page momentum/3/3-api/apis-ec-converter-convert
 */
int ec_converter_convert(
    ec_converter *conv, const char *srcbuf, size_t srcbuflen, char *destbuf, size_t destbuflen,
    size_t *src_consumed, size_t *dest_used);

/**
 * Begins a conversion between character sets.
 *
 * @page momentum/3/3-api/apis-ec-converter-open
 */
ec_converter *ec_converter_open(const char *fromcode, const char *tocode, int *status);

/**
 * Appends bytes to a string in quoted-printable form.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-qp-encode-to-string
 */
int ec_qp_encode_to_string(const char *src, size_t src_len, ec_string *dest, char *toencode);
