/* Push notifications, and delivery over HTTP. */

/**
 * A notification that is about to be sent to Apple's push service.
 *
 * @receiver req
 * @page momentum/3/3-api/structs-apn-request
 */
struct apn_request {
    /** Number of the command. */
    uint8_t command;
    /** Identifier by which an error answer refers to this request. */
    uint32_t id;
    /** Unix time in seconds after which the notification is worthless. */
    uint32_t expiry;
    /** Device token in hexadecimal. */
    char token[APN_DeviceTokenHex_Size];
    /** The payload, as a JSON object. */
    struct json_object *json;
};

/**
 * Answer of Apple's push service to a notification that it refused.
 *
 * @receiver resp
 * @page momentum/3/3-api/structs-apn-error-response
 */
struct apn_error_response {
    /** Number of the command that this answers. */
    uint8_t command;
    /**
     * Status code of the push service; may be changed before it is classified.
     * @writable
     */
    uint8_t status;
    /** Identifier that the request carried, in host byte order. */
    uint32_t id;
};

/**
 * A message that is about to be sent to Google's push service.
 *
 * @receiver req
 * @page momentum/3/3-api/structs-gcm-request
 */
struct gcm_request {
    /** Control data and payload, as a JSON object. */
    struct json_object *json;
};

/**
 * Answer of Google's push service to a message. Read only.
 *
 * @receiver message_response
 * @page momentum/3/3-api/structs-gcm-message-response
 */
struct gcm_message_response {
    /** Number of recipients that got the message. */
    int success;
    /** Number of recipients that did not. */
    int failure;
    /** Number of recipients whose registration ID has a newer one. */
    int canonical_ids;
    /** What became of the recipient; there is just one. */
    gcm_recipient_response results;
};

/**
 * What became of a push message for one recipient.
 *
 * @page momentum/3/3-api/structs-gcm-message-response
 */
struct gcm_recipient_response {
    /** Identifier that Google gave the message; nil when it failed. */
    const char *message_id;
    /** Newer registration ID of the recipient; nil when the old one holds. */
    const char *registration_id;
    /** Name of the error; nil when there is none. */
    const char *error;
    /** The error as a number. */
    enum GCM_ERROR error_code;
};

/**
 * A request that the server makes over HTTP. Change it with the `sess` methods.
 *
 * @receiver sess
 * @page momentum/3/3-api/structs-http-session
 */
struct http_session {
    /** The outbound connection; `msys.delivery.ob_get_current_message` takes it. */
    connection_handle *connh;
    /** Address of the HTTP server, for logging. */
    ec_string *ipaddr;
    /** The request. */
    http_request *request;
    /** The response. */
    http_response *response;
    /** Value of the protocol above HTTP. */
    void *userdata;
    /** Event that ends the wait for the response. */
    Event *response_timer;
};

/**
 * A request over HTTP. Change it with the `sess` methods.
 *
 * @page momentum/3/3-api/structs-http-session
 */
struct http_request {
    /** Method, such as `POST`. */
    ec_string *method;
    /** Version, such as `HTTP/1.1`. */
    ec_string *version;
    /** Target of the request. */
    ec_string *uri;
    /** Header fields. */
    ec_hash_table headers;
    /** Body. */
    ec_string *body;
    /** Request as it goes over the wire. */
    ec_string *data;
    /** Bytes of it already sent. */
    int to_send_offset;
    /** Value of the protocol above HTTP. */
    void *userdata;
};

/**
 * A response over HTTP.
 *
 * @page momentum/3/3-api/structs-http-session
 */
struct http_response {
    /** 1 when the response is complete. */
    int read_done;
    /** 1 when the header is complete. */
    int header_done;
    /** Length of the body in bytes, as announced. */
    int64_t content_length;
    /** Version, such as `HTTP/1.1`. */
    ec_string *version;
    /** Status code, such as `200`. */
    ec_string *status_code;
    /** Text after the status code. */
    ec_string *status_reason;
    /** Header fields. */
    ec_hash_table headers;
    /** Body. */
    char *body;
    /** Decoded response. */
    ec_string *data;
    /** Where the body starts in it. */
    int payload_offset;
    /** Response as it came over the wire. */
    ec_string *raw_data;
    /** Bytes of it already decoded. */
    int raw_offset;
    /** Value of the protocol above HTTP. */
    void *userdata;
};
