/* Hooks around TLS, inbound and outbound. */

/**
 * Runs when an OpenSSL context was made, before the private key is loaded, so that a C module can set how the
 * key's passphrase is found.
 *
 * @hook core
 * @param sslctx OpenSSL's context.
 * @param type `EC_SSL_CLIENT` or `EC_SSL_SERVER`.
 * @param domain Destination domain.
 * @param certfile File with the certificate.
 * @param keyfile File with the private key.
 * @param clientca File with the certificate authorities for clients.
 * @param cipher_list The ciphers.
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-ec-ssl-ssl-ctx-fixup
 */
void core_ec_ssl_SSL_CTX_fixup(void *closure, struct ssl_ctx_st *sslctx, int type, const char *domain,
    const char *certfile, const char *keyfile, const char *clientca, const char *cipher_list);

/**
 * Asked for the TLS settings of an inbound session, before the handshake: set them with
 * `msys.tls_params.set`.
 *
 * @hook core
 * @param mc The SMTP session.
 * @param ctx The validation context of the session.
 * @param params Takes the settings.
 * @result 0 the value that is expected
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-get-inbound-tls-parameters
 */
int core_get_inbound_tls_parameters(void *closure, message_construct *mc, validate_context *ctx,
    ec_ssl_ctx_params *params);

/**
 * Asked for the TLS settings with which a message is delivered: set them with `msys.tls_params.set`.
 *
 * @hook core
 * @name core_get_outbound_tls_parameters
 * @param msg The message.
 * @param params Takes the settings.
 * @result 0 the value that is expected
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-get-outbound-tls-parameters
 */
int get_outbound_tls_parameters(void *closure, ec_message *msg, ec_ssl_ctx_params *params);

/**
 * Runs when the certificate of an SMTP client is verified, also where the listener does not ask for one
 * (`verify_mode` is `none`).
 *
 * @hook core
 * @name core_inbound_smtp_tls_verify_callback
 * @param mc The SMTP session.
 * @param ctx The TLS context.
 * @param preverify_ok 1 when OpenSSL found the certificate good, else 0.
 * @param subject Subject of the certificate; nil when there is none, or when it could not be verified.
 * @param issuer Issuer of the certificate; nil as `subject` is.
 * @param x509ctx OpenSSL's verification state; may be nil.
 * @result 0 not verified, as for `core_outbound_smtp_tls_verify_callback`
 * @result 1 verified, as for `core_outbound_smtp_tls_verify_callback`
 * @since 3=3.0 4=4.0
 * @correction The page does not say what the result means; `core_outbound_smtp_tls_verify_callback` documents
 *   1 as verified and 0 as not.
 * @page momentum/3/3-api/hooks-core-inbound-smtp-tls-verify-callback
 */
int inbound_smtp_tls_verify_callback(void *closure, message_construct *mc, ec_ssl_ctx *ctx, int preverify_ok,
    const char *subject, const char *issuer, struct ssl_x509_store_ctx_st *x509ctx);

/**
 * Runs when the certificate of a remote server is verified. It does not run where `TLS_verify` is `no`.
 *
 * @hook core
 * @param dc The delivery.
 * @param sslctx The TLS context.
 * @param preverify_ok 1 when OpenSSL found the certificate good, else 0.
 * @param subject Subject of the certificate.
 * @param issuer Issuer of the certificate.
 * @param x509ctx OpenSSL's verification state.
 * @result 0 not verified
 * @result 1 verified
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-outbound-smtp-tls-verify-callback
 */
int core_outbound_smtp_tls_verify_callback(void *closure, delivery_construct *dc, ec_ssl_ctx *sslctx,
    int preverify_ok, const char *subject, const char *issuer, struct ssl_x509_store_ctx_st *x509ctx);

/**
 * Asked for the certificate authorities against which the remote server's certificate is verified.
 *
 * @hook core
 * @name core_outbound_tls_ca
 * @param message The message that is delivered.
 * @result string file with the certificate authorities
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-outbound-tls-ca
 */
char *outbound_tls_ca(void *closure, email_message *message);

/**
 * Asked for the client certificate with which a message is delivered.
 *
 * @hook core
 * @name core_outbound_tls_cert
 * @param message The message that is delivered.
 * @result string file with the certificate
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-outbound-tls-cert
 */
char *outbound_tls_cert(void *closure, email_message *message);

/**
 * Asked for the ciphers with which a message is delivered, in place of the configured ones.
 *
 * @hook core
 * @name core_outbound_tls_ciphers
 * @param message The message that is delivered.
 * @result string the list of ciphers
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-outbound-tls-ciphers
 */
char *outbound_tls_ciphers(void *closure, email_message *message);

/**
 * Asked for the key of the client certificate with which a message is delivered.
 *
 * @hook core
 * @name core_outbound_tls_key
 * @param message The message that is delivered.
 * @result string file with the key
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-outbound-tls-key
 */
char *outbound_tls_key(void *closure, email_message *message);

/**
 * Asked how the remote server's certificate is verified for a message.
 *
 * @hook core
 * @name core_outbound_tls_verify
 * @param message The message that is delivered.
 * @result msys.core.EC_SSL_VERIFY_VALIDCA a known authority must have signed it
 * @result msys.core.EC_SSL_VERIFY_HOSTNAME a known authority must have signed it, for the host that was
 *   connected to
 * @result msys.core.EC_SSL_VERIFY_NONE it is not verified
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-outbound-tls-verify
 */
int outbound_tls_verify(void *closure, email_message *message);

/**
 * Runs for each event that SMTP TLS Reporting (RFC 8460) counts: a policy that could not be fetched (MTA-STS
 * only), and each success or failure to negotiate TLS with a domain whose MTA-STS policy was fetched. The
 * object has RFC 8460's fields and two of its own: `epoch`, seconds since 1970, and `type`, 1 for success and
 * 0 for failure. It must not take long.
 *
 * @hook core
 * @param json The event; fields are read as `json.type`, `json.policy["policy-domain"]`.
 * @ignored
 * @since 4=5.1
 * @thread any
 * @page momentum/4/hooks/core-smtp-tls-reporting
 */
int core_smtp_tls_reporting(void *closure, struct json_object *json);

/**
 * Asked whether a message is delivered over TLS.
 *
 * @hook core
 * @name core_use_outbound_tls
 * @param message The message that is delivered.
 * @result msys.core.EC_USE_TLS_NO without TLS
 * @result msys.core.EC_USE_TLS_IFAVAILABLE with TLS where the remote server offers it
 * @result msys.core.EC_USE_TLS_REQUIRED with TLS, or not at all
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-use-outbound-tls
 */
int use_outbound_tls(void *closure, email_message *message);
