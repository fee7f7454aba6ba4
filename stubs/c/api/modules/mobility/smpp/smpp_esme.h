/* C functions of modules/mobility/smpp/smpp_esme.h. */

/**
 * Fails an SMPP message from any thread.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-async-fail-ec-message
 */
void smpp_async_fail_ec_message(ec_message *m, int force_async);

/**
 * Fails an SMPP message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-fail-ec-message
 */
void smpp_fail_ec_message(smpp_conn *conn, ec_message *m, const char *error);
