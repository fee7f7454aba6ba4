/* Text messages over SMPP. */

/**
 * An SMPP connection to a message centre. Read only.
 *
 * @receiver conn
 * @page momentum/3/3-api/structs-smpp-conn
 */
struct smpp_conn {
    /** Identifies the connection. */
    message_id id;
    /** State of the protocol. */
    struct smpp_state *state;
    /** Event that waits for I/O. */
    Event *fd_event;
    /** Event that sends the next enquire_link. */
    Event *enquire_link_timer;
    /** Event that will close the connection. */
    Event *death;
    /** The outbound connection underneath. */
    connection_handle *ec_connh;
    /** How often binding was tried again. */
    int bind_retries;
    /** Text of the last error; nil without one. */
    char *error;
    /** When the connection was made. */
    struct timeval create_time;
    /** SMPP version of the peer. */
    char peer_interface_version;
    /** Password of an outbind request. */
    char outbind_password[SMPP_MAX_PASSWORD_LEN + 1];
    /** System ID of the peer. */
    char peer_system_id[SMPP_MAX_SYSTEM_ID_LEN + 1];
    /** Name of the domain that the connection belongs to. */
    char domain_name[MAXDOMAINNAME + 1];
    /** Bytes of the request that is being read. */
    unsigned int in_pending_len;
    /** Those bytes. */
    ec_string *in_pending_buf;
    /** Progress of reading. */
    event_io_state in_io_state;
    /** Segmented messages that are not complete yet; one connection only. */
    ec_hash_table sar_states;
    /** Messages that came in together. */
    ec_hash_table batch_ec_messages;
    /** Errors in a row. */
    unsigned int consecutive_error_count;
    /** Incoming messages turned into email. */
    unsigned long mo_conversions;
    /** Number of the next request. */
    unsigned long out_seqnum;
    /** Progress of writing. */
    event_io_state out_io_state;
    /** Requests that were not answered yet. */
    ec_hash_table requests_awaiting_response;
    /** Messages that were not answered yet. */
    ec_hash_table pending_ec_messages;
    /** Messages that wait to be sent. */
    ec_double_list mt_messages_to_send;
    /** Requests that wait for a free window. */
    ec_double_list pdus_delayed;
    /** Number of holders. */
    ec_atomic_t refs;
    /** Email turned into outgoing messages. */
    unsigned long mt_conversions;
    /** Message that is being sent; nil otherwise. */
    ec_message *mt_message_in_progress;
    /** When sending goes on after the peer asked to slow down. */
    struct timeval throttled_timeout_time;
};

/**
 * An SMPP request or response.
 *
 * @receiver pdu
 * @page momentum/3/3-api/structs-smpp-pdu
 */
struct SMPP_PDU {
    /** Command number of the PDU. */
    unsigned long type;
    /** Name of the command, such as `submit_sm`. */
    const char *type_name;
    /**
     * Fields of the command: `pdu.u.<command>.<field>`. They follow the SMPP specification and are not
     * listed.
     */
    pdu_u u;
};

/**
 * Segments of a long text message.
 *
 * @page momentum/3/3-api/structs-smpp-seg-data
 */
struct smpp_seg_data {
    int segments;
    int request_count;
    unsigned short seg_ref;
    unsigned short next;
    char *tempfailed;
    int *ends;
    char **checklist;
};
