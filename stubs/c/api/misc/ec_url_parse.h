/* C functions of misc/ec_url_parse.h. */

/**
 * Takes a URL apart.
 *
 * @page momentum/3/3-api/apis-ec-parse-url
 */
ec_url_details *ec_parse_url(const char *url, int len);
