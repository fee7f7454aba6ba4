/* C functions of modules/mobility/smpp/smpp_util.h. */

/**
 * Appends a number as so many octets.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-append-encoded-integer
 */
void smpp_append_encoded_integer(ec_string *os, unsigned long u, long octets);

/**
 * Reads an SMPP option for a connection.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-smpp-config-fetch-using-connection
 */
ec_config_value *smpp_config_fetch_using_connection(int option_slot, smpp_conn *conn);

/**
 * Returns the name of a PDU's data coding.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-data-coding-name
 */
char *smpp_data_coding_name(SMPP_PDU *pdu);

/**
 * Turns an SMPP date into Unix time in seconds.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-date-to-long
 */
long int smpp_date_to_long(char *date_str);

/**
 * Reads a number from octets at a position.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-decode-integer
 */
long smpp_decode_integer(ec_string *os, long pos, int octets);

/**
 * Returns where a text is split between two segments.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-find-segmentation-break
 */
const char *smpp_find_segmentation_break(const char *dp, int seg_len, int data_coding, int is_gsm);

/**
 * Frees SMPP memory.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-free
 */
void smpp_free(void *x);

/**
 * Frees a string that `smpp_get_string_and_buffer` made.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-free-string-and-buffer
 */
void smpp_free_string_and_buffer(ec_string *s);

/**
 * Returns the text of a received message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-get-deliver-mo-msg
 */
ec_string *smpp_get_deliver_mo_msg(SMPP_PDU *p);

/**
 * Returns the message identifier in a PDU.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-get-message-id-from-pdu
 */
ec_string *smpp_get_message_id_from_pdu(SMPP_PDU *pdu);

/**
 * Makes a string with room for `len` bytes.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-get-string-and-buffer
 */
ec_string *smpp_get_string_and_buffer(int len);

/**
 * Returns the status in a submit response.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-get-submit-status-from-pdu
 */
u_int64_t smpp_get_submit_status_from_pdu(SMPP_PDU *pdu);

/**
 * Reads the fields of a delivery receipt.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-get-vals-from-dr
 */
ECDict smpp_get_vals_from_dr(SMPP_PDU *pdu);

/**
 * Allocates SMPP memory.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-malloc
 */
void *smpp_malloc(unsigned int size);

/**
 * Returns a text that is attached to a message under a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-read-msg-text-blob
 */
ec_string *smpp_read_msg_text_blob(ec_message *m, const char *key);

/**
 * Returns the segments of a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-read-seg-blob
 */
smpp_seg_data *smpp_read_seg_blob(ec_message *m);

/**
 * Resizes SMPP memory.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-realloc
 */
void *smpp_realloc(void *mem, unsigned int size);

/**
 * Copies a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-strdup
 */
char *smpp_strdup(const char *c);

/**
 * Copies text into a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-wrap-in-string
 */
ec_string *smpp_wrap_in_string(const char *c);

/**
 * Copies bytes into a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-wrap-in-string-with-len
 */
ec_string *smpp_wrap_in_string_with_len(const char *c, int len);

/**
 * Attaches a text to a message under a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-write-msg-text-blob
 */
void smpp_write_msg_text_blob(ec_message *m, char *msg_text, int msg_text_len, const char *key);

/**
 * Attaches segments to a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smpp-write-seg-blob
 */
void smpp_write_seg_blob(ec_message *m, smpp_seg_data *seg_data);
