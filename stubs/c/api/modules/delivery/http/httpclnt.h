/* C functions of modules/delivery/http/httpclnt.h. */

/**
 * Adds a header field to an HTTP request.
 *
 * @param sess The HTTP session.
 * @param header Name of the field.
 * @param value Its value.
 * @param replace 1 replaces the fields of that name, 0 adds one more.
 * @nilcrash sess, header, value
 * @trap The change takes effect with `http_request_finalize` only.
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-http-request-add-header
 */
int http_request_add_header(http_session *sess, const char *header, const char *value, int replace);

/**
 * Removes a header field from an HTTP request.
 *
 * @thread any
 * @page momentum/3/3-api/apis-http-request-delete-header
 */
int http_request_delete_header(http_session *sess, const char *header);

/**
 * Completes an HTTP request after it was changed.
 *
 * @param sess The HTTP session.
 * @param update 1 when existing elements were changed, 0 when new ones were added.
 * @nilcrash sess
 * @seen
 * @thread any
 * @correction The synopsis names no result type.
 * @page momentum/3/3-api/apis-http-request-finalize
 */
int http_request_finalize(http_session *sess, int update);

/**
 * Sets the body of an HTTP request.
 *
 * @param sess The HTTP session.
 * @param body The body.
 * @nilcrash sess, body
 * @trap The change takes effect with `http_request_finalize` only, and `Content-Length` is yours to set.
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-http-request-set-body
 */
void http_request_set_body(http_session *sess, const char *body);

/**
 * Says what an HTTP status means for the delivery.
 *
 * @thread any
 * @page momentum/3/3-api/apis-http-status-classifier
 */
int http_status_classifier(int status);
