/* C functions of modules/listeners/httpsrv.h. */

/**
 * Returns the value that belongs to a request.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-ctx-get
 */
ec_blobject *ec_httpsrv_ctx_get(ec_httpsrv_session *sess);

/**
 * Sets the value that belongs to a request.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-ctx-set
 */
void ec_httpsrv_ctx_set(ec_httpsrv_session *sess, ec_blobject *blobject);

/**
 * Registers a function that answers requests to a path.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-register
 */
int ec_httpsrv_register(
    const char *instance, const char *method, const char *path, int job_class, ec_blobject *closure,
    ec_httpsrv_handler_func handler);

/**
 * Registers a function that checks who may request a path.
 *
 * @since 4=4.0
 * @thread any
 * @page momentum/4/apis-ec-httpsrv-register-auth
 */
int ec_httpsrv_register_auth(
    const char *instance, const char *method, const char *path, ec_blobject *closure,
    ec_httpsrv_auth_handler_func handler);

/**
 * Returns the inbound connection of a session.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-request-accept-construct-get
 */
accept_construct *ec_httpsrv_request_accept_construct_get(ec_httpsrv_session *sess);

/**
 * Reads content type and character set of a request.
 *
 * @out content_type
 * @out charset
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-content-type-get
 */
int ec_httpsrv_request_content_type_get(
    ec_httpsrv_session *sess, const char **content_type, const char **charset);

/**
 * Opens a handle on the body of a request.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-request-data-get
 */
int ec_httpsrv_request_data_get(ec_httpsrv_session *sess, io_object **io);

/**
 * Reads the body of a request as JSON.
 *
 * @out json
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-data-get-json
 */
int ec_httpsrv_request_data_get_json(ec_httpsrv_session *sess, struct json_object **json);

/**
 * Reads the body of a request into memory.
 *
 * @out str
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-data-get-string
 */
int ec_httpsrv_request_data_get_string(ec_httpsrv_session *sess, ec_string **str);

/**
 * Reads the body of a request as XML.
 *
 * @out xml
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-data-get-xml
 */
int ec_httpsrv_request_data_get_xml(ec_httpsrv_session *sess, xmlDocPtr *xml);

/**
 * Returns the event of a session.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-request-event-get
 */
Event *ec_httpsrv_request_event_get(ec_httpsrv_session *sess);

/**
 * Returns the scheduler that runs a session.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-httpsrv-request-event-get-scheduler-inst
 */
ec_scheduler_inst *ec_httpsrv_request_event_get_scheduler_inst(ec_httpsrv_session *sess);

/**
 * Reads a header field of a request.
 *
 * @out value
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-header-get
 */
int ec_httpsrv_request_header_get(ec_httpsrv_session *sess, const char *name, const char **value);

/**
 * Returns the local address of a session.
 *
 * @since 4=4.0
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/4/apis-ec-httpsrv-request-local-address
 */
ec_sockaddr *ec_httpsrv_request_local_address(ec_httpsrv_session *sess);

/**
 * Returns the method of a request.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-request-method-get
 */
const char *ec_httpsrv_request_method_get(ec_httpsrv_session *sess);

/**
 * Returns the client's address of a session.
 *
 * @since 4=4.0
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/4/apis-ec-httpsrv-request-peer-address
 */
ec_sockaddr *ec_httpsrv_request_peer_address(ec_httpsrv_session *sess);

/**
 * Returns the common name of the client's certificate.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-request-subject-cn-get
 */
const char *ec_httpsrv_request_subject_cn_get(ec_httpsrv_session *sess);

/**
 * Returns the URL of a request, taken apart.
 *
 * @param sess The session.
 * @result ec_url_details The URL. It belongs to the session.
 * @nilcrash sess
 * @seen
 * @page momentum/3/3-api/apis-ec-httpsrv-request-url-get
 */
ec_url_details *ec_httpsrv_request_url_get(ec_httpsrv_session *sess);

/**
 * Returns the authenticated user of a request.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-request-username-get
 */
const char *ec_httpsrv_request_username_get(ec_httpsrv_session *sess);

/**
 * Appends bytes to a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-append
 */
int ec_httpsrv_response_append(ec_httpsrv_session *sess, const void *buf, size_t len);

/**
 * Sends what a response holds so far.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-flush
 */
int ec_httpsrv_response_flush(ec_httpsrv_session *sess, int final);

/**
 * Sets a header field of a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-header-set
 */
int ec_httpsrv_response_header_set(ec_httpsrv_session *sess, const char *name, const char *value);

/**
 * Makes a handle the body of a response.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-response-io
 */
int ec_httpsrv_response_io(ec_httpsrv_session *sess, io_object *io, int immediate);

/**
 * Makes JSON the body of a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-json
 */
int ec_httpsrv_response_json(ec_httpsrv_session *sess, struct json_object *json);

/**
 * Appends formatted text to a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-printf
 */
int ec_httpsrv_response_printf(ec_httpsrv_session *sess, const char *fmt);

/**
 * Answers 403 with a content type.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-denied
 */
int ec_httpsrv_response_status_denied(ec_httpsrv_session *sess, const char *type);

/**
 * Answers with a server error and a content type.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-error
 */
int ec_httpsrv_response_status_error(ec_httpsrv_session *sess, const char *type);

/**
 * Answers 404 with a content type.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-not-found
 */
int ec_httpsrv_response_status_not_found(ec_httpsrv_session *sess, const char *type);

/**
 * Answers with success and a content type.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-ok
 */
int ec_httpsrv_response_status_ok(ec_httpsrv_session *sess, const char *type);

/**
 * Sets the status of a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-set
 */
int ec_httpsrv_response_status_set(ec_httpsrv_session *sess, int code, const char *message);

/**
 * Sets the status of a response together with its content type.
 *
 * @param sess The session.
 * @param code HTTP status, such as 200.
 * @param message Text of the response.
 * @param mimetype Content type, such as `text/plain`.
 * @nilcrash sess, message, mimetype
 * @seen
 * @page momentum/3/3-api/apis-ec-httpsrv-response-status-set-std
 */
int ec_httpsrv_response_status_set_std(
    ec_httpsrv_session *sess, int code, const char *message, const char *mimetype);

/**
 * Makes a string the body of a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-string
 */
int ec_httpsrv_response_string(ec_httpsrv_session *sess, ec_string *string);

/**
 * Appends formatted text to a response.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-response-vprintf
 */
int ec_httpsrv_response_vprintf(ec_httpsrv_session *sess, const char *fmt, va_list ap);

/**
 * Makes XML the body of a response.
 *
 * @nilcrash sess
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-httpsrv-response-xml
 */
int ec_httpsrv_response_xml(ec_httpsrv_session *sess, xmlDocPtr xmldoc);

/**
 * Returns the value that was registered with the handler.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-service-ctx-get
 */
ec_blobject *ec_httpsrv_service_ctx_get(ec_httpsrv_session *sess);

/**
 * Lets a suspended session go on.
 *
 * @page momentum/3/3-api/apis-ec-httpsrv-session-resume
 */
int ec_httpsrv_session_resume(ec_httpsrv_session *sess);

/**
 * Suspends a session; call it in the event loop that runs the session.
 *
 * @thread the event loop of the session
 * @page momentum/3/3-api/apis-ec-httpsrv-session-suspend
 */
int ec_httpsrv_session_suspend(ec_httpsrv_session *sess);
