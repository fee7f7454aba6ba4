/* C functions of misc/ec_string.h. */

/**
 * The server's asprintf.
 *
 * @page momentum/3/3-api/apis-ec-asprintf
 */
int ec_asprintf(char **strp, const char *fmt);

/**
 * As `ec_asprintf`, in memory of a type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-mt-asprintf
 */
int ec_mt_asprintf(int mt, char **strp, const char *fmt);

/**
 * As `ec_vasprintf`, in memory of a type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-mt-vasprintf
 */
int ec_mt_vasprintf(int mt, char **strp, const char *fmt, va_list ap);

/**
 * The server's snprintf.
 *
 * @page momentum/3/3-api/apis-ec-snprintf
 */
int ec_snprintf(char *str, size_t size, const char *fmt);

/**
 * The server's vasprintf.
 *
 * @page momentum/3/3-api/apis-ec-vasprintf
 */
int ec_vasprintf(char **strp, const char *fmt, va_list ap);

/**
 * The server's vsnprintf.
 *
 * @page momentum/3/3-api/apis-ec-vsnprintf
 */
int ec_vsnprintf(char *str, size_t size, const char *fmt, va_list ap);

/**
 * Frees what a string holds.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-string-destroy
 */
int string_destroy(ec_string *str);

/**
 * Prepares a string with room for `size` bytes in a kind of storage.
 *
 * @thread any
 * @page momentum/3/3-api/apis-string-init-type
 */
int string_init_type(ec_string *str, size_t size, int type);

/**
 * Appends formatted text to a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringprintf
 */
ec_string *stringprintf(ec_string *str, const char *format, ...);

/**
 * Appends bytes to a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-2
 */
ssize_t stringwrite2(ec_string *str, const char *iobuf, size_t iolen);

/**
 * Appends text to a string with its line ends made CRLF.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-canonical-crlf
 */
ec_string *stringwrite_canonical_crlf(ec_string *str, const char *buf, int buflen);

/**
 * Appends a boolean option for the console.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-config-bool
 */
ec_string *stringwrite_config_bool(ec_string *str, const char *label, int value, int xml);

/**
 * Appends a number option for the console.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-config-int
 */
ec_string *stringwrite_config_int(ec_string *str, const char *label, int value, int xml);

/**
 * Appends a text option for the console.
 *
 * @thread any
 * @page momentum/3/3-api/apis-stringwrite-config-string
 */
ec_string *stringwrite_config_string(ec_string *str, const char *label, const char *value, int xml);

/**
 * Appends several texts to a string.
 *
 * @page momentum/3/3-api/apis-stringwrite-strings
 */
ssize_t stringwrite_strings(ec_string *str, int nstr);
