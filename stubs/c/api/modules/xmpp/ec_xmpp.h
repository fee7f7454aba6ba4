/* C functions of modules/xmpp/ec_xmpp.h. */

/**
 * Takes a JID apart.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-jid-parse
 */
ec_xmpp_jid *ec_xmpp_jid_parse(const char *jid, int *result);

/**
 * Adds a handler of XMPP stanzas.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-register-handler
 */
int ec_xmpp_register_handler(ec_xmpp_handler *handler);

/**
 * Sends a stanza to where it is addressed.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-route-stanza
 */
void ec_xmpp_route_stanza(xmlNodePtr stanza);

/**
 * Returns the object that a handler keeps for a session.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-session-handler-data-get
 */
ec_blobject *ec_xmpp_session_handler_data_get(ec_xmpp_session *sess, ec_xmpp_handler *handler);

/**
 * Keeps an object of a handler for a session.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-session-handler-data-set
 */
void ec_xmpp_session_handler_data_set(ec_xmpp_session *sess, ec_xmpp_handler *handler, ec_blobject *blob);

/**
 * Sends a stanza over a session.
 *
 * @page momentum/3/3-api/apis-ec-xmpp-session-send-stanza
 */
int ec_xmpp_session_send_stanza(ec_xmpp_session *sess, xmlNodePtr stanza);
