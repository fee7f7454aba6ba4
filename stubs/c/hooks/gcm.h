/* Hooks of the module that delivers push notifications to Google (Google Cloud Messaging). */

/**
 * Runs for each message that is delivered to Google Cloud Messaging, just before the request is sent. The
 * request was built from the message's MIME part: its headers and its JSON payload. It may be inspected and
 * changed.
 *
 * @hook gcm
 * @name gcm_request_eval
 * @param request The request as it will be sent.
 * @param msg The message that the request was made from.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @since 3=3.5.5 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-gcm-request-eval
 */
int request_eval(void *closure, gcm_request *request, ec_message *msg);

/**
 * Runs when Google has answered a notification, accepted or not. Its main use is upkeep of registration IDs:
 * compare the error with the `msys.gcm.GCM_*` numbers. `http_response_eval` sees the same answer with its
 * HTTP headers.
 *
 * @hook gcm
 * @name gcm_response_eval
 * @param response Google's answer; it must not be changed.
 * @param msg The message that was delivered.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @since 3=3.5.5 4=4.0
 * @thread scheduler
 * @correction The synopsis types it `gcm_response`, the parameter list as the struct `gcm_message_response`;
 *   the latter is used here.
 * @page momentum/3/3-api/hooks-gcm-response-eval
 */
int response_eval(void *closure, gcm_message_response *response, ec_message *msg);
