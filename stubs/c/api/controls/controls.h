/* C functions of controls/controls.h. */

/**
 * Appends a domain name, readable or raw as the console session wants it.
 *
 * @page momentum/3/3-api/apis-stringprint-domainname
 */
size_t stringprint_domainname(ec_string *str, command_construct *cc, const char *name);
