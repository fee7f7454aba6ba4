/* Hooks of the REST injector of Momentum 3. */

/**
 * Runs for each recipient just before the injector expands the template into the message. It may set context
 * variables, or write the body itself. `json_req.site` and `json_recip.site` carry whatever the client means
 * for this hook.
 *
 * @hook restinj
 * @name restinj_body_assignment
 * @param msg The message that gets the body.
 * @param json_req The whole request.
 * @param json_recip The recipient's part of the request.
 * @param templ Text of the template.
 * @result msys.core.EC_RESTINJ_BODY_UNTOUCHED the injector expands the template
 * @result msys.core.EC_RESTINJ_BODY_REPLACED the hook has written the body
 * @result msys.core.EC_RESTINJ_BODY_ERROR it failed
 * @since 3=3.1.2 4=4.0
 * @page momentum/3/3-api/hooks-restinj-body-assignment
 */
int body_assignment(void *closure, ec_message *msg, struct json_object *json_req,
    struct json_object *json_recip, const char *templ);

/**
 * Runs early in an injection, before the recipients are looked at. It may check and change the request;
 * `req.site` carries whatever the client means for this hook. A hook that refuses the request writes the
 * response itself.
 *
 * @hook restinj
 * @name restinj_json_request
 * @param sess The HTTP session.
 * @param req The whole request.
 * @result msys.core.EC_RESTINJ_SESS_OK go on
 * @result msys.core.EC_RESTINJ_SESS_ERR refuse the request
 * @since 3=3.1.2 4=4.0
 * @page momentum/3/3-api/hooks-restinj-json-request
 */
int json_request(void *closure, ec_httpsrv_session *sess, struct json_object *req);

/**
 * Runs for each recipient after the body was written, by the injector or by `restinj_body_assignment`. It may
 * set context variables or change the body.
 *
 * @hook restinj
 * @name restinj_post_body_assignment
 * @param msg The message that got the body.
 * @param json_req The whole request.
 * @param json_recip The recipient's part of the request.
 * @param templ Text of the template.
 * @result msys.core.EC_RESTINJ_BODY_UNTOUCHED the body stays
 * @result msys.core.EC_RESTINJ_BODY_REPLACED the hook has changed the body
 * @result msys.core.EC_RESTINJ_BODY_ERROR it failed
 * @since 3=3.1.2 4=4.0
 * @page momentum/3/3-api/hooks-restinj-post-body-assignment
 */
int post_body_assignment(void *closure, ec_message *msg, struct json_object *json_req,
    struct json_object *json_recip, const char *templ);

/**
 * Runs when the response for one recipient was filled in, whether or not its message could be made. It should
 * write to `resp.site` only.
 *
 * @hook restinj
 * @name restinj_recip_response
 * @param msg The recipient's message; may be nil.
 * @param sess The HTTP session.
 * @param resp The recipient's part of the response.
 * @param req The whole request.
 * @since 3=3.1.2 4=4.0
 * @page momentum/3/3-api/hooks-restinj-recip-response
 */
void recip_response(void *closure, ec_message *msg, ec_httpsrv_session *sess, struct json_object *resp,
    struct json_object *req);
