/* C functions of ec_ssl.h. */

/**
 * Returns the TLS session of an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-ssl-ctx-from-event
 */
ec_ssl_ctx *ec_ssl_ctx_from_event(Event *e);

/**
 * Says whether an event uses TLS.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-ssl-is-event-ssl
 */
void ec_ssl_is_event_ssl(Event *e);

/**
 * Sets a text among the TLS settings.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-ssl-set-ctx-param
 */
int ec_ssl_set_ctx_param(char **param, const char *value);

/**
 * Sets how certificates are checked, from its name.
 *
 * @page momentum/3/3-api/apis-ec-ssl-set-ctx-verify-mode
 */
int ec_ssl_set_ctx_verify_mode(ec_ssl_ctx_params *tls, const char *value);

/**
 * Sets code and text of a failed certificate check.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-ssl-set-verify-errmsg
 */
void ec_ssl_set_verify_errmsg(ec_ssl_ctx *ctx, int code, const char *msg);
