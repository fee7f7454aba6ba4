/* Hooks of the module that delivers messages by generic HTTP requests. */

/**
 * Runs for each message that is delivered by HTTP, just before the request is sent. Request headers and body
 * may be changed; `sess:request_finalize()` must follow a change, so that the headers fit the body.
 *
 * @hook http
 * @name http_request_eval
 * @param sess The outbound HTTP session with its request.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @result msys.delivery.DELIVERY_CONTINUE the same as 0
 * @result msys.delivery.DELIVERY_DONE the same as 1
 * @since 3=3.5.5 4=4.0
 * @thread any
 * @page momentum/3/3-api/hooks-http-request-eval
 */
int request_eval(void *closure, http_session *sess);

/**
 * Runs when the answer to a delivery by HTTP has arrived. With status 200 the body is a JSON object. This is
 * the place to read feedback, such as a replaced registration ID; the answer must not be changed.
 *
 * @hook http
 * @name http_response_eval
 * @param sess The outbound HTTP session with its response.
 * @result 0 not handled: the next module that has this hook is asked
 * @result 1 handled: no other module is asked
 * @result msys.delivery.DELIVERY_CONTINUE the same as 0
 * @result msys.delivery.DELIVERY_DONE the same as 1
 * @result msys.delivery.DELIVERY_FAIL seen in the documentation's example where the message is missing; what
 *   it does is not documented
 * @since 3=3.5.5 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-http-response-eval
 */
int response_eval(void *closure, http_session *sess);
