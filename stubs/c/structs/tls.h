/* TLS. */

/**
 * TLS settings of a connection.
 *
 * @page momentum/3/3-api/structs-ec-ssl-ctx-params
 */
struct ec_ssl_ctx_params {
    int use_tls;
    int tls_verify;
    /** File of the certificate; NULL when there is none. */
    char *certfile;
    char *keyfile;
    char *ca;
    char *cipherlist;
};

/**
 * State of a TLS session.
 *
 * @page momentum/3/3-api/structs-ec-ssl-ctx
 */
struct ec_ssl_ctx {
    struct ssl_ctx_st *ssl_ctx;
    struct ssl_st *ssl;
    int error_code;
    char *error_string;
    ec_ssl_verify_callback_func verify_cb;
    void *verify_closure;
};
