/* The HTTP listener. */

/**
 * A request to the HTTP listener and its response. Use the `session` methods rather than the fields.
 *
 * @receiver session
 * @page momentum/3/3-api/structs-ec-httpsrv-session
 */
struct ec_httpsrv_session {
    /** Number of holders. */
    ec_atomic_t ref_cnt;
    /** Bytes of a request body still to be read and thrown away. */
    int64_t drainage;
    /** Most bytes of one write. */
    int max_write;
    /** The connection. */
    httpsrv_connection conn;
    /** The request. */
    httpsrv_request req;
    /** The response. */
    httpsrv_response res;
    /** C function that answers the request. */
    ec_httpsrv_handler_func handler;
    /** Value that was registered with the handler. */
    ec_blobject *service_ctx;
    /** Value that belongs to this request. */
    ec_blobject *sess_ctx;
    /** Number of the thread pool that the handler runs in. */
    int job_class;
    /** The inbound connection. */
    accept_construct *ac;
    /** Event that ends an idle session. */
    Event *idle;
    /** Seconds that the session may idle. */
    int idle_time;
    /** Number of the HTTP method. */
    uint32_t cmd;
    /** Common name of the client's certificate; NULL without one. */
    char *remote_cn;
    /** Authenticated user; NULL without one. */
    char *auth_user;
    /** 1 when the connection closes after the response. */
    int wants_shutdown;
    /** Address of the client as text. */
    char peer_address[INET6_ADDRSTRLEN];
    /** Details of the authentication. */
    struct ec_auth_info ai;
};

/**
 * A URL, taken apart. Read only; parts that the URL lacks are nil.
 *
 * @receiver url_details
 * @page momentum/3/3-api/structs-ec-url-details
 */
struct ec_url_details {
    /** The whole URL. */
    char *url;
    /** Scheme, such as `http`. */
    char *scheme;
    /** User and password. */
    struct {
        /** User name. */
        char *user;
        /** Password. */
        char *pass;
    } userinfo;
    /** Host name or address. */
    char *host;
    /** Port number. */
    int port;
    /** Path. */
    char *path;
    /** Query as it stands in the URL. */
    char *raw_query;
    /** Query, decoded. */
    char *query;
    /** Text after `#`. */
    char *fragment;
    /**
     * Parameters of the query as a dictionary; nil when there are none. Walk over it with
     * `msys.core.dict_iter2`.
     */
    ECDict attrs;
};
