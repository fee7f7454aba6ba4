/* Messages, their MIME parts and their header. */

/**
 * A message in the system. Read fields; change the message through its methods.
 *
 * @receiver msg
 * @page momentum/3/3-api/structs-ec-message
 */
struct ec_message {
    /** Identifies the message. */
    message_id id;
    /** When the message entered the spool. */
    struct timeval creation_time;
    /** When delivery is tried next. */
    struct timeval next_attempt;
    /** When the message was delivered. */
    struct timeval final_time;
    /** Record of the routing domain; set it with `msg:routing_domain`. */
    domain_record *domain;
    /** Connection over which it is being delivered; nil otherwise. */
    connection_handle *conn_handle;
    /** Content as stored; internal. */
    io_object *_object;
    /**
     * Connection context that was carried over from reception; use `msg:context_get` with `ECMESS_CTX_CONN`.
     */
    ECDict vctx_conn;
    /** Message context; use `msg:context_get` with `ECMESS_CTX_MESS`. */
    ECDict vctx_mess;
    /** Top of the MIME tree; internal. */
    ec_message_part *top;
    /** Objects attached to the message. */
    ec_hash_table *pblobs;
    /** Number of holders. */
    ec_atomic_t ref;
    /** Number of the binding; set it with `msg:binding` in validate_set_binding. */
    ec_binding_slot binding_slot;
    /** Envelope sender as received; internal, use `msg:mailfrom`. */
    ec_string _mailfrom;
    /** Envelope recipient as received; internal, use `msg:rcptto`. */
    ec_string _rcptto;
    /** Delivery status text; internal. */
    ec_string _code;
    /** Where the content is: `SPOOL_MEM`, `SPOOL_SWAP` or `SPOOL_DISK`. */
    unsigned swapped : 3;
    /** Stage of the protocol that delivery reached. */
    unsigned stage : 7;
    /**
     * 1 puts the message ahead of the others of its queue, 0 does not. Set it in validate_set_binding.
     * @writable 0, 1
     */
    unsigned priority : 1;
    /** State of the message in its queue. */
    unsigned state : 8;
    /**
     * State of delivery: `EM_TRYING`, `EM_SUCCEEDED` or `EM_FAILED`.
     * @writable
     */
    unsigned delivered : 2;
    /** Kind of delivery or failure, as in delivery_types.h. */
    unsigned delivered_class : 6;
    /** 1 for a full MIME parse, 0 for header and body only. */
    unsigned full_parse : 1;
    /** 1 when parsing ended with the header. */
    unsigned stop_after_headers : 1;
    /** 1 when the contexts are stored with the message. */
    unsigned journalled_vctx : 1;
    /** 1 when the message leaves the disk with its last holder. */
    unsigned unlink_on_free : 1;
    /** 1 for a copy that cannot change. */
    unsigned is_snapshot : 1;
    /** Says whether the MIME structure is broken. */
    unsigned invalid_mime : 2;
    /** How many times delivery was tried again. */
    unsigned num_retries : 16;
    /** How the message came in: number of the protocol. */
    unsigned recv_method : 8;
    /** Internal. */
    unsigned batch_unlink : 1;
    /** 1 when the message is to fail at once. */
    unsigned failed : 1;
    /** Says whether the message is a bounce. */
    unsigned bounce : 2;
    /** Unused bits. */
    unsigned _spare_2 : 2;
    /** Address that the message came from. */
    ec_sockaddr recv_from;
    /** Local address that it came in through. */
    ec_sockaddr recv_via;
    /** Internal. */
    off_t _overlay_off;
    /** Internal; use `msg:get_message_size`. */
    u_int32_t _calc_msg_size;
    /** Version of the connection context. */
    ec_atomic_t vctx_conn_vers;
    /** Version of the message context. */
    ec_atomic_t vctx_mess_vers;
    /** State of the parser. */
    void *parse_state;
    /** Settings of the parser. */
    struct ec_message_parser_parameters params;
    /** Result of parsing. */
    int parse_result;
    /** Internal; since 2.2.1.24. */
    pthread_mutex_t _lock;
    /** Internal. */
    ec_message *_snapref;
    /** Identifies the connection that brought the message; since 3.0.9. */
    message_id conn_id;
    /** Identifies the batch: messages to several recipients that came in together share it. */
    message_id batch_id;
    /** Pathway that the message was assigned to; internal. */
    const char *pathway;
    /** Resources attached to the message. */
    ec_message_resource *resources;
    /**
     * Routing domain when it differs from the recipient's; internal, use `msg:routing_domain`. Since 4.3.2.
     */
    ec_string _routing_domain;
};

/**
 * A resource attached to a message.
 *
 * @page momentum/3/3-api/structs-ec-message
 */
struct ec_message_resource {
    uint32_t version;
    /** Name of the resource. */
    char *name;
    size_t name_length;
    /** State, such as `EC_MESSAGE_RSRC_DELETED`. */
    int8_t state;
    uint8_t defer;
    /** Handle on its content. */
    io_object *io;
    ec_message_resource *resource_next;
    ec_message_resource *resource_previous;
};

/**
 * A MIME part of a message. Use the `part` methods to read or change it.
 *
 * @receiver part, msgpart
 * @page momentum/3/3-api/structs-ec-message-part
 */
struct ec_message_part {
    /** Number of holders. */
    ec_atomic_t ref;
    /** The part's header. */
    ec_message_hdrs *headers;
    /** Primary content type (`EC_MIME_…`). */
    ec_mime_component_type type;
    /** Content transfer encoding. */
    ec_mime_encoding_type encoding;
    /** Boundary between inner parts; NULL when there are none. */
    char *boundary;
    /** Length of the boundary in bytes. */
    int boundary_len;
    /** Length in bytes of the text before the first boundary. */
    int preamble_len;
    /** Next part at the same level; nil at the end. */
    ec_message_part *next;
    /** First inner part; nil when there is none. */
    ec_message_part *parts;
    /** Next part in the order of parsing; not a counted reference. */
    ec_message_part *thread;
    /** The part around this one; not a counted reference. */
    ec_message_part *parent;
    /** Handle on the content. */
    io_object *body;
    /** Offset of the part's header in the body stream. */
    off_t headers_start;
    /** Offset of the text before the first boundary. */
    off_t preamble_start;
    /** Offset of the content. */
    off_t body_start;
    /** Offset of the end of the content. */
    off_t body_end;
    /** Offset of the end of the text after the last boundary. */
    off_t epilogue_end;
    /** 1 when only the outline was parsed so far. */
    unsigned did_cheap_parse : 1;
    /** Says whether the part was modified. */
    int touched;
};

/**
 * The header of a part.
 *
 * @page momentum/3/3-api/structs-ec-message-part
 */
struct ec_message_hdrs {
    ec_atomic_t ref;
    rfc2822_context rfc2822ctx;
    unsigned rfc2822ctx_valid : 1;
};

/**
 * Identifier of a message, a connection or a batch.
 *
 * @receiver mid
 * @page momentum/3/3-api/structs-message-id
 */
struct message_id {
    /** The lower 32 bits of the time, in seconds. */
    u_int32_t slot;
    /** Process that made it. */
    u_int16_t pid;
    /** Counter within that process. */
    u_int16_t counter;
};

/**
 * The part that every kind of message has in common; the predecessor of `ec_message`, kept for old modules.
 *
 * @page momentum/3/3-api/structs-abstract-message
 */
struct abstract_message {
    /** Identifies the message. */
    message_id id;
    /** `EM_SHORT_MESSAGE` or `EM_EMAIL_MESSAGE`. */
    u_int8_t type : 4;
    u_int8_t version : 4;
    /** How many times delivery was tried again. */
    u_int32_t num_retries;
    /** When the message came in. */
    struct timeval creation_time;
    /** When delivery is tried next; not stored. */
    struct timeval next_attempt;
    /** When the message was delivered. */
    struct timeval final_time;
    /** Length of the delivery status text in bytes. */
    u_int16_t code_len;
    /** Where the content is: `SPOOL_MEM`, `SPOOL_SWAP` or `SPOOL_DISK`. */
    u_int8_t swapped : 3;
    /** How the body is held, such as `BT_MMAP`. */
    u_int8_t body_type : 5;
    u_int8_t stage : 4;
    u_int8_t reserved : 3;
    u_int8_t priority : 1;
    /** State of delivery: `EM_TRYING`, `EM_SUCCEEDED` or `EM_FAILED`. */
    u_int8_t delivered : 2;
    /** Kind of delivery or failure, as in delivery_types.h. */
    u_int8_t delivered_class : 6;
};
