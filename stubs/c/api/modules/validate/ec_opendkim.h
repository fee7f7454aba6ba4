/* C functions of modules/validate/ec_opendkim.h. */

/**
 * Signs a message with DKIM, through OpenDKIM.
 *
 * @page momentum/3/3-api/apis-ec-opendkim-sign
 */
int ec_opendkim_sign(
    ec_message *m, validate_context *ctx, const char *base_domain, const char *header_canon,
    const char *body_canon, const char *digest, const char *identity, const char *selector,
    const char *key_file, const char *key, int body_length_limit);

/**
 * Makes the state of a DKIM verification.
 *
 * @page momentum/3/3-api/apis-ec-opendkim-start
 */
DKIM *ec_opendkim_start(void);

/**
 * Verifies the DKIM signatures of a message.
 *
 * @page momentum/3/3-api/apis-ec-opendkim-verify
 */
int ec_opendkim_verify(
    ec_message *m, DKIM *dkim, int *status, OpenDKIMResumeFunc resume_func, void *resume_closure);
