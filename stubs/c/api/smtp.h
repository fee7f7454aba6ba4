/* C functions of smtp.h. */

/**
 * Closes an SMTP connection.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-smtp-closeconn
 */
int ec_smtp_closeconn(
    delivery_construct *dc, Event *e, connection *conn, connection_handle *connh, domain_record *domain,
    ec_binding_slot binding_slot, address_metrics *am, struct timeval *now, const char *file, int line);

/**
 * Reads the server's reply and compares its code.
 *
 * @thread any
 * @page momentum/3/3-api/apis-read-smtp
 */
int read_smtp(delivery_construct *dc, int expected_code, struct timeval *now, int *mask);

/**
 * As `read_smtp`, and accepts further codes.
 *
 * @thread any
 * @page momentum/3/3-api/apis-read-smtp-2
 */
int read_smtp2(delivery_construct *dc, int expected_code, struct timeval *now, int *mask, int extra_codes);

/**
 * Adds a parameter to an ESMTP command.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-client-args-add
 */
int smtp_client_args_add(smtp_client_args *args, const char *extension, const char *value);

/**
 * Removes a parameter from an ESMTP command.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-client-args-delete
 */
void smtp_client_args_delete(smtp_client_args *args, const char *extension);

/**
 * Reads a parameter of an ESMTP command.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-client-args-exists-and-fetch
 */
int smtp_client_args_exists_and_fetch(smtp_client_args *args, const char *extension, const char **value);

/**
 * Returns a state of the SMTP client by number.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-smtp-get-state
 */
smtp_state *smtp_get_state(int state);

/**
 * Returns the first state of the SMTP client.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-get-state-machine
 */
smtp_state *smtp_get_state_machine(void);

/**
 * Moves an SMTP connection to another state.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-smtp-next-state
 */
void smtp_next_state(
    delivery_construct *dc, connection_handle *connh, smtp_state *state, struct timeval *now);

/**
 * Reads the capabilities from the answer to EHLO.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-parse-capabilities
 */
void smtp_parse_capabilities(delivery_construct *dc, connection *conn);
