/* C functions of message.h. */

/**
 * Queues a message for delivery.
 *
 * @thread scheduler
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-enqueue
 */
int ec_message_enqueue(ec_message *message, struct timeval *now);

/**
 * Returns the header of a part, for reading or for changing.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-get-headers
 */
rfc2822_context *ec_message_get_headers(ec_message_part *part, int for_read);

/**
 * Returns the name of a protocol in capitals.
 *
 * @thread any
 * @page momentum/3/3-api/apis-protocol-string-uc
 */
const char *protocol_string_uc(int p_num);
