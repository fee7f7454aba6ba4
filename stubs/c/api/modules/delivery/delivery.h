/* C functions of modules/delivery/delivery.h. */

/**
 * Returns the message that is being delivered over a connection.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ob-get-current-message
 */
ec_message *ob_get_current_message(connection_handle *connh);
