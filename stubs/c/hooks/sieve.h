/* Hooks of the Sieve engine. */

/**
 * Turns the URI of an `ec_include` into a compiled script. The Sieve module implements it with a cache of its
 * own; to add another store of scripts, `sieve_fetch_script` is enough.
 *
 * @hook sieve
 * @name sieve_compile_script
 * @param uri The URI.
 * @param optional_args Arguments of the include; may be nil.
 * @param script_ptr Takes the compiled script; null after an error.
 * @param seng The running engine, to be resumed after SIV_AGAIN; when it is nil, or cannot wait, the hook
 *   must finish at once.
 * @param error_log Takes the reason of an error.
 * @result msys.core.SIV_DONE settled: `script_ptr` is the script, or null after an error
 * @result msys.core.SIV_AGAIN it goes on in the background
 * @result msys.core.SIV_CONT not a URI of this hook: the next one is asked
 * @since 3=3.0 4=4.0
 * @trap `script_ptr` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-sieve-compile-script
 */
int compile_script(void *closure, const char *uri, SIEVEARGS *optional_args, SIEVE **script_ptr, SENG *seng,
    ec_string *error_log);

/**
 * Converts text from one character set to another.
 *
 * @hook sieve
 * @name sieve_convert_charset
 * @param srccharset The text's character set.
 * @param destcharset The character set that is wanted.
 * @param inbuf The text.
 * @param inbytesleft Length of the text in bytes.
 * @param outbuf Takes the result.
 * @param outbytesleft Room that is left for the result in bytes.
 * @result integer number of bytes that were converted
 * @since 3=3.0 4=4.0
 * @trap `inbuf`, `inbytesleft`, `outbuf` and `outbytesleft` are C pointers; no page shows how Lua sets what
 *   they point to.
 * @page momentum/3/3-api/hooks-sieve-convert-charset
 */
int convert_charset(void *closure, const char *srccharset, const char *destcharset, char **inbuf,
    size_t *inbytesleft, char **outbuf, size_t *outbytesleft);

/**
 * Fetches the text of the script that an `ec_include` names, in UTF-8. The text goes into `script` only when
 * it is complete; `script` must not be kept.
 *
 * @hook sieve
 * @name sieve_fetch_script
 * @param uri The URI.
 * @param optional_args Arguments of the include; may be nil.
 * @param script Takes the text.
 * @param seng The running engine, to be resumed after SIV_AGAIN; when it is nil, or cannot wait, the hook
 *   must finish at once.
 * @param error_log Takes the reason of an error.
 * @result msys.core.SIV_DONE settled: `script` holds the text, or there was an error
 * @result msys.core.SIV_AGAIN it goes on in the background
 * @result msys.core.SIV_CONT not a URI of this hook: the next one is asked
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-sieve-fetch-script
 */
int fetch_script(void *closure, const char *uri, SIEVEARGS *optional_args, ec_string *script, SENG *seng,
    ec_string *error_log);
