/* C functions of modules/logging/ec_msc_logger.h. */

/**
 * Writes an identifier made of message, node and a suffix.
 *
 * @page momentum/3/3-api/apis-msc-thread-id
 */
void msc_thread_id(message_id mid, const char *suffix, char *thread_id, int thread_id_len);
