/* C functions of connection.h. */

/**
 * Returns the remote address of a connection.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-connection-address
 */
address *connection_address(connection *c);

/**
 * Older form of `connection_used_for_message` for the old kind of message.
 *
 * @deprecated Use `connection_used_for_message`.
 * @page momentum/3/3-api/apis-connection-used-for-email-message
 */
void connection_used_for_email_message(connection_handle *h, email_message *m);

/**
 * Notes that a connection is used to deliver a message.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-connection-used-for-message
 */
void connection_used_for_message(connection_handle *h, email_message *m);

/**
 * Returns the connection behind a connection handle.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-h-to-c
 */
connection *h_to_c(connection_handle *a);

/**
 * Starts an outbound connection for a domain and binding, with functions for its success and its timeout.
 *
 * @page momentum/3/3-api/apis-initiate-connection
 */
connection_handle *initiate_connection(
    domain_record *dr, int binding, struct timeval *now, EventFunc finish_connect_func,
    EventFunc timeout_func, void *user_data, int *error);

/**
 * Starts an outbound SMTP connection for a domain and binding.
 *
 * @page momentum/3/3-api/apis-initiate-connection-smtp
 */
int initiate_connection_smtp(domain_record *dr, int binding, struct timeval *now);
