/* C functions of modules/validate/ec_dkim.h. */

/**
 * Gives the domains whose DKIM signatures are valid.
 *
 * @page momentum/3/3-api/apis-ec-dkim-domains
 */
int ec_dkim_domains(ec_message *m, validate_context *ctx, char **domains);

/**
 * Writes the domains whose DKIM signatures are valid to a string.
 *
 * @page momentum/3/3-api/apis-ec-dkim-domains-string
 */
int ec_dkim_domains_string(ec_message *m, validate_context *ctx, ec_string *domains);

/**
 * Mails the result of DKIM verification to given recipients.
 *
 * @page momentum/3/3-api/apis-ec-dkim-reflect
 */
int ec_dkim_reflect(
    ec_message *m, validate_context *ctx, const char *sender, const char *rcpts, const char *subject,
    const char *note);

/**
 * Gives the domain that is responsible for a message under DKIM.
 *
 * @page momentum/3/3-api/apis-ec-dkim-responsible-domain
 */
int ec_dkim_responsible_domain(ec_message *m, validate_context *ctx, char **domain);

/**
 * Writes the domain that is responsible for a message to a string.
 *
 * @page momentum/3/3-api/apis-ec-dkim-responsible-domain-string
 */
int ec_dkim_responsible_domain_string(ec_message *m, validate_context *ctx, ec_string *domain);

/**
 * Signs a message with DKIM.
 *
 * @page momentum/3/3-api/apis-ec-dkim-sign
 */
int ec_dkim_sign(
    ec_message *m, validate_context *ctx, const char *base_domain, const char *header_canon,
    const char *body_canon, const char *digest, const char *headerlist, const char *identity,
    const char *selector, const char *key_file, const char *key, int body_length_limit);
