/* Outbound connections, SMTP deliveries and queues. */

/**
 * An outbound connection. Read only.
 *
 * @receiver connection
 * @page momentum/3/3-api/structs-connection
 */
struct connection {
    /** File descriptor of the socket. */
    int fd;
    /** 0 idle, below 0 connecting, above 0 delivering. */
    int in_use;
    /** Current state of the SMTP client. */
    smtp_state *state;
    /** Value that belongs to the state. */
    void *state_closure;
    /** Step within the state. */
    int local_state;
    /** When the current state began. */
    struct timeval statetime;
    /** When the current delivery began. */
    struct timeval startdelivery;
    /** Deliveries made on this connection so far. */
    int deliveries;
    /** 1 when the server speaks ESMTP. */
    int esmtp;
    /** Index of the address in use among the host's addresses. */
    int addr_offset;
    /** Domain that the connection was opened for. */
    domain_record *domain;
    /** MX record that it is connected to. */
    mx_record *mx;
    /** Message that is being delivered. */
    ec_message *curr_message;
    /** Event that watches the idle connection. */
    Event *idle_fdevent;
    /** Event that will close the connection. */
    Event *death;
    /** Size of the TCP buffer in bytes. */
    unsigned int tcp_buffer;
    /** What the server announced after EHLO, as a dictionary. */
    ECDict capabilities;
    /** TLS settings of the connection. */
    ec_ssl_ctx_params tls_params;
    /** 1 when the TLS settings changed since the last message. */
    int tls_renegotiate;
    /** RCPT TO commands issued on the connection. */
    int recipients;
};

/**
 * Ties an outbound connection to the host that it goes to.
 *
 * @page momentum/3/3-api/structs-connection-handle
 */
struct connection_handle {
    /** Host record that the connection belongs to. */
    host_record *host;
    /** Number of the binding that the connection was made from. */
    int binding_slot;
    /** Place of the connection in the host's list. */
    int offset;
    /** Value that the caller of `initiate_connection` passed. */
    void *user_data;
    /** The connection. */
    connection *conn;
};

/**
 * A delivery in progress over SMTP: the message, its connection and the settings that hold for it. Read
 * only.
 *
 * @receiver dc
 * @page momentum/3/3-api/structs-delivery-construct
 */
struct delivery_construct {
    /** Event that drives the delivery. */
    Event *e;
    /** Message that is being delivered. */
    ec_message *message;
    /** Connection that it goes over. */
    connection_handle *conn_handle;
    /** Bytes of the last read. */
    int last_nread;
    /** Bytes handled so far. */
    int bytes;
    /** Bytes still to be written. */
    int towrite;
    /** Buffer of the protocol exchange. */
    char *buffer;
    /** Larger buffer for message content. */
    buf_storage *large_buf;
    /** Bytes in the larger buffer. */
    int large_buf_bytes;
    /** How 8-bit content is transformed for a server without 8BITMIME. */
    unsigned transform_8bitmime : 2;
    /** 1 when the batch has been put together. */
    unsigned batch_assessed : 1;
    /** Unused bits. */
    unsigned _spare : 29;
    /** Messages that are delivered as one, an array of `ec_message`. */
    ec_ptr_array batch;
    /** Configuration that the delivery uses. */
    ec_config_header *transaction;
    /** Content to send in place of the message's own, after a transformation. */
    io_object *alt_body;
    /** Unix time in seconds when the cached settings below were read. */
    time_t config_last_refreshed;
    /** Setting `use_sendfile`, cached. */
    int use_sendfile;
    /** Setting for the TCP buffer, cached; bytes. */
    int tcpbuf;
    /** Setting of the same name, cached. */
    int migrate_connections_between_sibling_domains;
    /** Setting of the same name, cached. */
    int keep_message_dicts_in_memory;
    /** Seconds that an idle connection is kept. */
    int binding_domain_idle_timeout;
    /** Seconds to wait for the answer to RSET. */
    int binding_domain_rset_timeout;
    /** Seconds to wait for the answer to EHLO. */
    int binding_domain_ehlo_timeout;
    /** Seconds to wait for the answer to MAIL FROM. */
    int binding_domain_mailfrom_timeout;
    /** Seconds to wait for the answer to RCPT TO. */
    int binding_domain_rcptto_timeout;
    /** Seconds to wait while the content is sent. */
    int binding_domain_body_timeout;
    /** Delivery method of the binding and domain. */
    int binding_domain_delivery_method;
    /** Most deliveries on one connection. */
    int binding_domain_max_deliveries;
    /** Most recipients on one connection. */
    int binding_domain_max_recipients_per_connection;
    /** Most recipients of one message transaction. */
    int binding_domain_max_recipients_per_batch;
    /** Setting for transforming 8-bit content, cached. */
    int binding_domain_transform_8bitmime;
    /** Setting `send_8bitmime`, cached. */
    int binding_domain_send_8bitmime;
    /** Setting for XCLIENT, cached. */
    int binding_domain_use_xclient;
    /** 1 when the TLS settings below have been read. */
    int tls_parms_loaded;
    /** Whether TLS is used: no, if possible, or required. */
    int binding_domain_use_tls;
    /** How the server's certificate is checked. */
    int binding_domain_tls_verify;
    /** File of the client certificate. */
    char *binding_domain_tls_cert;
    /** File of the client key. */
    char *binding_domain_tls_key;
    /** File of the certificate authorities. */
    char *binding_domain_tls_ca;
    /** Cipher list. */
    char *binding_domain_tls_ciphers;
};

/**
 * What the server knows of a destination domain: its MX hosts, queue and counters. Read only.
 *
 * @receiver dr
 * @page momentum/3/3-api/structs-domain-record
 */
struct domain_record {
    /** Name of the domain. */
    char *domain;
    /** Unix time when the DNS data expires. */
    u_int64_t expiry;
    /** Queue of the domain's messages. */
    mail_queue equeue;
    /** When a message was last delivered there. */
    struct timeval last_delivery;
    /** The MX records. */
    mx_record **mxlist;
    /** Messages delivered. */
    u_int32_t deliveries;
    /** Delivery attempts. */
    u_int32_t attempts;
    /** Temporary failures. */
    u_int32_t transients;
    /** Permanent failures. */
    u_int32_t failures;
    /** Number of MX records. */
    int mxcnt;
    /** 1 when the record waits to be used again. */
    unsigned int recycled : 1;
    /** Number of holders of the record. */
    ec_atomic_t referencecnt;
    /** Kind of MX data. */
    mxtype type;
    /** DNS failures in a row. */
    u_int8_t dns_failures;
};

/**
 * The queue of a domain. Read only; sizes come from `msys.core.mail_queue_size`.
 *
 * @receiver mail_queue
 * @page momentum/3/3-api/structs-mail-queue
 */
struct mail_queue {
    /** Messages that wait for delivery now. */
    Skiplist *active;
    /** The same by binding. */
    rsplaytree *bound_active;
    /** Messages that wait for their next attempt. */
    Skiplist *delayed;
    /** The domain that the queue belongs to. */
    domain_record *domain;
    /** Event that moves messages on when they are due. */
    Event *maintainer;
};

/**
 * What is remembered of the remote address of outbound connections: when it last failed and how fast it
 * answers.
 *
 * @page momentum/3/3-api/structs-address-metrics
 */
struct address_metrics {
    /** The address; internal. */
    union {
        struct in_addr address4;
        struct in6_addr address6;
    } address;
    u_int8_t family;
    ec_binding_slot binding_slot;
    ec_cache_elt *elt;
    ec_atomic_t expires;
    /** When connecting to it last failed. */
    struct timeval failure;
    /** Mean time to connect, in seconds. */
    float avg_connecttime;
    /** Mean time of a delivery, in seconds. */
    float avg_deliverytime;
};

/**
 * A state of the SMTP client.
 *
 * @page momentum/3/3-api/structs-smtp-state
 */
struct smtp_state {
    unsigned int sizeof_smtp_state;
    char *name;
    int id;
    int init_local_state;
    SMTPStateSetup setup;
    SMTPStateCallback callback;
    SMTPStateFree free;
    SMTPStateToStage tostage;
    SMTPStageToString tostring;
    smtp_state *next;
    void *closure;
};

/**
 * Arguments of an ESMTP command that is about to be sent.
 *
 * @page momentum/3/3-api/structs-smtp-client-args
 */
struct smtp_client_args {
    ECDict dict;
    int len;
};

/**
 * A class of bounce.
 *
 * @page momentum/3/3-api/structs-smtp-error-class
 */
struct smtp_error_class {
    /** Short name. */
    const char *short_name;
    /** Description. */
    const char *desc;
};

/**
 * A message in a list that is stored together.
 *
 * @page momentum/3/3-api/structs-sp-async-message
 */
struct sp_async_message {
    ec_message *mess;
    sp_async_message *next;
    ec_message *backref;
    unsigned shared : 1;
    unsigned rejected : 1;
};
