/* C functions of util.h. */

/**
 * Reads a signed number of a given width.
 *
 * @page momentum/3/3-api/apis-ec-atonum
 */
int _ec_atonum(const char *str, void *nptr, int width, char **endptr);

/**
 * As `_ec_atonum`, within limits.
 *
 * @page momentum/3/3-api/apis-ec-atonum-2
 */
int _ec_atonum2(const char *str, void *nptr, int width, long long minval, long long maxval, char **endptr);

/**
 * Reads an unsigned number of a given width.
 *
 * @page momentum/3/3-api/apis-ec-atounum
 */
int _ec_atounum(const char *str, void *nptr, int width, char **endptr);

/**
 * As `_ec_atounum`, within limits.
 *
 * @page momentum/3/3-api/apis-ec-atounum-2
 */
int _ec_atounum2(const char *str, void *nptr, int width, long long minval, long long maxval, char **endptr);

/**
 * Reads a signed number.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-atoi
 */
int ec_atoi(const char *var, int *value);

/**
 * Reads an unsigned number.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-atoui
 */
int ec_atoui(const char *var, unsigned int *value);

/**
 * Decodes base64.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-base-64-decode
 */
int ec_base64_decode(const char *src, int src_len, const char *dest, int dest_len);

/**
 * Returns the bytes needed to decode base64.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-base-64-decode-space
 */
int ec_base64_decode_space(int len);

/**
 * Encodes as base64.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-base-64-encode
 */
int ec_base64_encode(const char *src, int src_len, const char *dest, int dest_len);

/**
 * Returns the bytes needed to encode as base64.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-base-64-encode-space
 */
int ec_base64_encode_space(int len);

/**
 * Encodes a string as base64 and replaces another with the result.
 *
 * @page momentum/3/3-api/apis-ec-base-64-encode-string-to-string
 */
int ec_base64_encode_string_to_string(ec_string *srcstring, ec_string *deststring, int fold);

/**
 * Encodes bytes as base64 and replaces a string with the result.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-base-64-encode-to-string
 */
int ec_base64_encode_to_string(const char *src, size_t src_len, ec_string *deststring, int fold);

/**
 * Copies a file.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-copy-file
 */
int ec_copy_file(const char *srcpath, const char *destpath, int flags, int mode);

/**
 * Finds a file on the usual configuration path.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-find-conf-file
 */
int ec_find_conf_file(const char *base, ec_string *outstr, ec_string *errstr);

/**
 * Finds a file on a given configuration path.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-find-conf-file-2
 */
int ec_find_conf_file2(const char *path, const char *base, ec_string *outstr, ec_string *errstr);

/**
 * Finds a file on a given path.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-find-file
 */
int ec_find_file(const char *search_path, const char *base, ec_string *outstr, ec_string *errstr);

/**
 * Returns the usual configuration path, with node and subcluster filled in.
 *
 * @page momentum/3/3-api/apis-ec-get-default-conf-path
 */
char *ec_get_default_conf_path(void);

/**
 * Gives the host name in lower case.
 *
 * @page momentum/3/3-api/apis-ec-gethostname
 */
int ec_gethostname(char *hostname, size_t len);

/**
 * Decodes hexadecimal digits.
 *
 * @page momentum/3/3-api/apis-ec-hex-decode
 */
int ec_hex_decode(const char *src, size_t src_len, char *dest, size_t dest_len);

/**
 * Encodes bytes as hexadecimal digits.
 *
 * @page momentum/3/3-api/apis-ec-hex-encode
 */
int ec_hex_encode(const char *src, size_t src_len, char *dest, size_t dest_len);

/**
 * Opens a temporary file that has no name.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-open-tmpfile
 */
int ec_open_tmpfile(void);

/**
 * Opens a temporary file and gives its name.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-open-tmpfile-2
 */
int ec_open_tmpfile2(char *outname);

/**
 * Opens a temporary file in a directory and gives its name.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-open-tmpfile-3
 */
int ec_open_tmpfile3(char *outname, const char *base);

/**
 * Encodes as quoted-printable.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-qp-encode
 */
int ec_qp_encode(const char *src, size_t src_len, char *dest, size_t dest_len);

/**
 * Writes a time as a mail date.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-rfc-822-date
 */
size_t ec_rfc822_date(char *buf, size_t maxsize, struct timeval *tv);

/**
 * Decodes one character of UTF-8.
 *
 * @page momentum/3/3-api/apis-ec-ucs-4-from-utf-8
 */
u_int32_t ec_ucs4_from_utf8(unsigned char **ptr, unsigned char *lim);

/**
 * Rounds up to a power of two.
 *
 * @page momentum/3/3-api/apis-ec-util-power-2
 */
uint32_t ec_util_power_2(uint32_t x);

/**
 * Formats text through a write function.
 *
 * @page momentum/3/3-api/apis-ec-vprintf
 */
int ec_vprintf(void *out, ssize_t (*writefunc)(), const char *format, va_list ap);

/**
 * Says whether a text is a mail address, and takes it apart.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-is-valid-email
 */
int is_valid_email(
    const char *emailaddr, char *mailbox_desc, int mailbox_desclen, char *localpart, int lplen, char *domain,
    int domainlen);

/**
 * Says whether a number is finite.
 *
 * @page momentum/3/3-api/apis-isfinite
 */
int isfinite(double d);

/**
 * Rounds to an integer in the current rounding mode.
 *
 * @page momentum/3/3-api/apis-nearbyint
 */
double nearbyint(double x);

/**
 * Rounds to an integer in the current rounding mode.
 *
 * @page momentum/3/3-api/apis-nearbyintf
 */
float nearbyintf(float x);

/**
 * Rounds to the nearest integer, halves away from zero.
 *
 * @page momentum/3/3-api/apis-round
 */
double round(double x);

/**
 * Converts bytes between character sets, into a string.
 *
 * @page momentum/3/3-api/apis-sieve-charset-converter-buffer-string
 */
int sieve_charset_converter_buffer_string(
    const char *srccharset, const char *destcharset, char *inbuf, int inbuflen, ec_string *outstr);

/**
 * Converts a string between character sets.
 *
 * @page momentum/3/3-api/apis-sieve-charset-converter-string-string
 */
int sieve_charset_converter_string_string(
    const char *srccharset, const char *destcharset, ec_string *instr, ec_string *outstr);

/**
 * Appends a C string within a size.
 *
 * @page momentum/3/3-api/apis-strlcat
 */
size_t strlcat(char *dst, const char *src, size_t size);

/**
 * Copies a C string within a size.
 *
 * @page momentum/3/3-api/apis-strlcpy
 */
size_t strlcpy(char *dst, const char *src, size_t size);

/**
 * Finds bytes within bytes, regardless of case.
 *
 * @page momentum/3/3-api/apis-strncasestrn
 */
const char *strncasestrn(const char *needle, int needle_len, const char *haystack, int haystack_len);

/**
 * Finds the first of several characters.
 *
 * @thread any
 * @page momentum/3/3-api/apis-strnchrn
 */
char *strnchrn(const char *str, int nstr, const char *chars, int nchars);

/**
 * Finds bytes within bytes.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-strnstrn
 */
const char *strnstrn(const char *needle, int needle_len, const char *haystack, int haystack_len);
