/* Multimedia messages over MM7. */

/**
 * An MM7 request that the server received, and what it will answer. Members that are described as internal must be
 * left alone.
 *
 * @receiver trx, mm7_trx
 * @page momentum/mobile/mobile-developer-guide/mm-7-server-received-message-hook
 */
struct mm7_transaction {
    /** Internal. */
    ec_blobject *my_blob;
    /** Kind of the request: 1 a delivered message, 2 a delivery report, 3 a read reply. */
    int trx_type;
    /** The SOAP envelope. */
    ec_string soap_envelope;
    /**
     * The SOAP attachment.
     * @writable
     */
    ec_string soap_attachment;
    /** Internal. */
    void *indoc;
    /**
     * The parsed envelope, a dictionary for `msys.core.dict_*`.
     * @writable
     */
    ECDict tags;
    /**
     * The recipients.
     * @writable
     */
    ec_double_list recipients;
    /** Internal. */
    int complete;
    /**
     * Status code of the answer, such as 1000; not set before a hook sets it.
     * @writable
     */
    unsigned int status_code;
    /**
     * Status text of the answer; empty before a hook sets it.
     * @writable
     */
    ec_string status_text;
    /**
     * Status details of the answer; empty before a hook sets them.
     * @writable
     */
    ec_string status_details;
    /**
     * Service code of the answer; empty before a hook sets it.
     * @writable
     */
    ec_string service_code;
};
