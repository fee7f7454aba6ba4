/* Hooks of the module that delivers push notifications to Apple (APNs). */

/**
 * Runs for each message that is delivered as an Apple push notification, just before the request is sent to
 * Apple.
 *
 * @hook apn
 * @name apn_request_eval
 * @param request The notification as it will be sent; it may be inspected.
 * @param msg The message that the notification was made from.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @since 3=3.5.5 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-apn-request-eval
 */
int request_eval(void *closure, apn_request *request, ec_message *msg);

/**
 * Runs when Apple has answered a push notification. `response.status` says what went wrong; it is one of the
 * `msys.apn.APNS_*` numbers, `APNS_NO_ERROR` when nothing did.
 *
 * @hook apn
 * @name apn_response_eval
 * @param response Apple's answer.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @since 3=3.5.5 4=4.0
 * @thread scheduler
 * @correction The synopsis types it `apn_response`, the parameter list as the struct `apn_error_response`;
 *   the latter is used here.
 * @page momentum/3/3-api/hooks-apn-response-eval
 */
int response_eval(void *closure, apn_error_response *response);
