/* Inbound connections and sessions, and their validation. */

/**
 * An inbound connection: who connected, and to which listener. Read only.
 *
 * @receiver accept, ac
 * @page momentum/3/3-api/structs-accept-construct
 */
struct accept_construct {
    /** The event that will end the connection. */
    Event *death;
    /** Address and port of the client; take the text from `tostring` or the `ac` methods. */
    ec_sockaddr remote_addr;
    /** What the listener's protocol attached to the connection. */
    union {
        /** The attached value. */
        void *vptr;
    } accept_construct_closure;
    /** Number of the protocol that the listener speaks. */
    u_int8_t protocol;
    /** Counts of open IPv4 sessions of the listener; valid only while the connection is held. */
    cidrnode_ipv4 *listener_inbound_sessions;
    /** Counts of open IPv6 sessions of the listener; valid only while the connection is held. */
    cidrnode_ipv6 *listener_inbound_sessions_ipv6;
    /**
     * The listener that accepted the connection. It is reference-counted: C code must add and release
     * references.
     */
    netlistener_instance *inst;
    /** Identifies the connection in logs. */
    message_id conn_id;
};

/**
 * A listener that is open on an address.
 *
 * @page momentum/3/3-api/structs-accept-construct
 */
struct netlistener_instance {
    netlistener_def *def;
    /** Address that it listens on. */
    const char *address;
    ec_listener_address la;
    int fd;
    /** Number of the error that kept it from opening. */
    int last_errno;
    enum _netlistener_instance_failed_syscall failed_syscall;
    unsigned from_config : 1;
    unsigned pending_cull : 1;
    unsigned _spare : 30;
    sem_t *accept_queue_backlog;
    nb_event_list *head;
    nb_event_list *tail;
    ec_atomic_t nb_event_list_lock;
    ec_atomic_t refcnt;
    cidrnode_ipv4 *inbound_sessions;
    cidrnode_ipv6 *inbound_sessions_ipv6;
    int events_per_iter;
    /** 1 while it accepts connections. */
    int enabled;
    int file_mode;
    int a_q_backlog;
    int jobclass;
    int recvbuf_size;
    int sendbuf_size;
    int disable_nagle;
    char *event_loop;
};

/**
 * A kind of listener.
 *
 * @page momentum/3/3-api/structs-netlistener-def
 */
struct netlistener_def {
    const char *prefix;
    const char *hashkey;
    EventFunc servercode;
    void *closure;
    unsigned skip : 1;
    unsigned _spare : 31;
    EventFunc accepthook;
    int opt_enable;
    int opt_file_mode;
    int opt_backlog;
    int opt_concurrency;
    int opt_accept_queue_backlog;
    int opt_events_per_iter;
    int opt_pool_name;
    int opt_recvbuf;
    int opt_sendbuf;
    int opt_disable_nagle;
    int opt_event_loop;
};

/**
 * An SMTP session on the receiving side. Only `ctx.code` and `ctx.disconnect` are meant to be set.
 *
 * @receiver mc
 * @page momentum/3/3-api/structs-message-construct
 */
struct message_construct {
    /** Buffer of lines that were read. */
    minimal_tryread_construct subcon;
    /** The inbound connection. */
    accept_construct *ac;
    /** Answer that is being written. */
    char *write_buffer;
    /** Length of the answer in bytes. */
    int write_goal;
    /** Bytes of it already written. */
    int bytes_written;
    /** When the current state began. */
    struct timeval last_state_time;
    /** State of the SMTP server. */
    int state;
    /** Handler of the ESMTP extension in use. */
    esmtp_extension_call *extension_call;
    /** Capabilities that are announced. */
    ECDict smtp_capabilities;
    /** 1 when the client may relay. */
    int relayable : 1;
    /** 1 when AUTH is offered. */
    int can_auth : 1;
    /** 1 for a session of the server's own. */
    int internal : 1;
    /** Host name in the greeting. */
    const char *banner_hostname;
    /** Host name in the Received header. */
    const char *received_hostname;
    /** Greeting that replaces the usual one; nil without one. */
    const char *static_banner;
    /** Seconds that the client may be silent. */
    int idle_timeout;
    /** Most messages on the connection. */
    int connection_message_limit;
    /** Messages so far on the connection. */
    int connection_message_count;
    /** Most recipients on the connection. */
    int connection_rcpt_limit;
    /** Recipients so far on the connection. */
    int connection_rcpt_count;
    /** Most recipients of a message. */
    int message_rcpt_limit;
    /** Recipients so far of the message. */
    int message_rcpt_count;
    /** Setting of the same name. */
    int allow_trailing_whitespace_in_commands;
    /** 1 when multi-channel messages are accepted. */
    int mcmt_reception;
    /** Recipients beyond the first. */
    eclist_node *extra_recipients;
    /** The message that is being received; nil before MAIL FROM. */
    ec_message *message;
    /** Messages that wait to be stored. */
    sp_async_message *sam;
    /** Text that the validation phase is given. */
    ec_string vstr;
    /** Validation context of the session. */
    validate_context ctx;
    /** State to go back to after validation. */
    int transient_state;
    /** Status of the command. */
    int status;
    /** Status that is returned. */
    int retstatus;
    /** Text of the answer. */
    char *note;
    /** Who is authenticated. */
    struct ec_auth_info auth_info;
    /** 1 when everything further is refused. */
    unsigned session_permfail : 1;
    /** 1 when the message goes to the queue. */
    unsigned should_enqueue : 1;
    /** Whether the message came in over TLS. */
    unsigned tls_inject : 2;
    /** Unused bits. */
    unsigned unused : 28;
    /** Address of the client as text, with no port. */
    char peer_address[INET6_ADDRSTRLEN];
    /** Largest message that is accepted, in bytes. */
    size_t max_message_size;
};

/**
 * Handler of an ESMTP command.
 *
 * @page momentum/3/3-api/structs-message-construct
 */
struct esmtp_extension_call {
    ESMTPExtensionSetup setup;
    ESMTPExtensionFunc func;
    void *closure;
};

/**
 * What the validation of a session or message is about: contexts, reply, disposition.
 *
 * @receiver vctx
 * @page momentum/3/3-api/structs-validate-context
 */
struct validate_context {
    /** Event that drives the session. */
    Event *session;
    /** The contexts; use `vctx:get` and `vctx:set`. */
    ECDict env[2];
    /** Named values of C modules. */
    ec_bag *bag;
    /** Value of the module that runs. */
    void *module_data;
    /**
     * SMTP reply code, such as 250 or 550. Prefer `vctx:set_code`, which sets the text as well.
     * @writable
     */
    int code;
    /** Text of the reply; nil for the usual one. */
    char *note;
    /** Time that the client is made to wait. */
    struct timeval tcost;
    /** Configuration of the session; internal. */
    ec_config_header *transaction;
    /** Modules that take part. */
    ec_ptr_array *modules;
    /** Internal. */
    void *ec_internal_visses;
    /** Internal. */
    unsigned char *calls;
    /** Index of the module that ran last. */
    int last_module;
    /** What it returned, a `VALIDATE_…` number. */
    unsigned last_state : 8;
    /**
     * 1 closes the connection after the reply, 0 does not. Prefer `vctx:disconnect` where it can be used.
     * @writable 0, 1
     */
    unsigned disconnect : 1;
    /** 1 takes the session off the scheduler; only while a module works on it elsewhere. */
    unsigned deschedule : 1;
    /** Internal. */
    unsigned old_phase : 1;
    /** 1 when an Authentication-Results header is to be added. */
    unsigned needs_auth_results : 1;
    /** 1 when the body was changed. */
    unsigned body_has_changed : 1;
    /** 1 to leave out validation that would change the message. */
    unsigned transparency : 1;
};

/**
 * Reads lines from a connection.
 *
 * @page momentum/3/3-api/structs-minimal-tryread-construct
 */
struct minimal_tryread_construct {
    grow_buf gb_buffer;
    int gb_donesize;
    char *gb_donebuffer;
    int gb_padding;
    int max_region_size;
    /** Called as soon as the end of a line was found. */
    void (*match_hook)(minimal_tryread_construct *mtc, void *match_closure);
    void *match_closure;
    /** Called when the line is ready. */
    void (*finalize_hook)(minimal_tryread_construct *mtc, void *finalize_closure);
    void *finalize_closure;
    void (*page_out_hook)(minimal_tryread_construct *mtc, void *page_out_closure, const char *buf, int len);
    void *page_out_closure;
};
