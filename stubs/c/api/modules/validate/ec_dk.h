/* C functions of modules/validate/ec_dk.h. */

/**
 * Gives the domain that is responsible for a message under DomainKeys.
 *
 * @page momentum/3/3-api/apis-ec-dk-responsible-domain
 */
int ec_dk_responsible_domain(ec_message *m, validate_context *ctx, char **domain);

/**
 * Signs a message with DomainKeys.
 *
 * @page momentum/3/3-api/apis-ec-dk-sign
 */
int ec_dk_sign(
    ec_message *m, validate_context *ctx, const char *base_domain, const char *selector,
    const char *key_file, const char *key);
