/* C functions of modules/generic/disclaimer_api.h. */

/**
 * Adds a disclaimer to a message.
 *
 * @page momentum/3/3-api/apis-add
 */
int add(ec_message *mess, const char *plain_text, const char *html_text);
