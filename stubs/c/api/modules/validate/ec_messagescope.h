/* C functions of modules/validate/ec_messagescope.h. */

/**
 * Asks for the reputation of an address, sender or recipient.
 *
 * @page momentum/3/3-api/apis-ec-messagescope-query
 */
int ec_messagescope_query(
    const char *listname, ec_message *m, accept_construct *ac, validate_context *ctx, const char *ip,
    const char *to, const char *from, char *error_text, int error_len, char **status, char **expiration,
    char **version, char **parameter);
