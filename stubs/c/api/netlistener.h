/* C functions of netlistener.h. */

/**
 * Returns the SMTP session of an inbound connection.
 *
 * @param ac The inbound connection.
 * @result message_construct The session, whose `ctx` holds the validation context. Only connections of SMTP have one:
 * elsewhere look at `ac.protocol` first.
 * @nilcrash ac
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-accept-construct-get-message-construct
 */
message_construct *accept_construct_get_message_construct(accept_construct *ac);

/**
 * Makes an identifier for a connection.
 *
 * @page momentum/3/3-api/apis-ec-generate-connection-id
 */
void ec_generate_connection_id(message_id *cid, time_t nowsec);

/**
 * Returns the family of an address.
 *
 * @param s The address, such as `accept.remote_addr`.
 * @result integer `msys.core.AF_INET` or `msys.core.AF_INET6`.
 * @nilcrash s
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-sockaddr-family
 */
u_int8_t ec_sockaddr_family(ec_sockaddr *s);

/**
 * Writes an address in a form for storage.
 *
 * @page momentum/3/3-api/apis-ec-sockaddr-serialize
 */
void ec_sockaddr_serialize(ec_sockaddr_serialized *ser, ec_sockaddr *s);

/**
 * Reads an address that `ec_sockaddr_serialize` wrote.
 *
 * @page momentum/3/3-api/apis-ec-sockaddr-unserialize
 */
void ec_sockaddr_unserialize(ec_sockaddr_serialized *ser, ec_sockaddr *s);

/**
 * Releases the listener of a connection.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-netlistener-clean-accept-construct
 */
void netlistener_clean_accept_construct(accept_construct *ac);

/**
 * Opens a listener on an address.
 *
 * @page momentum/3/3-api/apis-netlistener-instantiate-addr
 */
int netlistener_instantiate_addr(netlistener_def *listener, ec_config_header *hdr, const char *addr);

/**
 * Declares a kind of listener, with options for the sizes of its socket buffers.
 *
 * @thread any
 * @page momentum/3/3-api/apis-netlistener-register-4
 */
netlistener_def *netlistener_register4(
    const char *listener_prefix, EventFunc servercode, void *closure, EventFunc accepthook,
    const char *recvbuf, const char *sendbuf);

/**
 * Closes the listener on an address.
 *
 * @page momentum/3/3-api/apis-netlistener-stop-instance
 */
int netlistener_stop_instance(const char *addr);

/**
 * Compares two addresses.
 *
 * @page momentum/3/3-api/apis-sock-address-equal
 */
int sock_address_equal(struct sockaddr *left, struct sockaddr *right, int flags);

/**
 * Writes an address as text into a buffer whose size is passed and given back.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sockaddr-to-string
 */
char *sockaddr_to_string(struct sockaddr *sa, char *buffer, int *len);

/**
 * Writes an address as text into a buffer.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sockaddr-to-string-2
 */
int sockaddr_to_string2(struct sockaddr *sa, char *buffer, int buf_size);

/**
 * Writes an address as text to a string.
 *
 * @page momentum/3/3-api/apis-sockaddr-to-string-3
 */
int sockaddr_to_string3(struct sockaddr *s, ec_string *str);

/**
 * As `sockaddr_to_string2`, with options.
 *
 * @page momentum/3/3-api/apis-sockaddr-to-string-opt
 */
int sockaddr_to_string_opt(struct sockaddr *s, char *buffer, int buf_size, int opt);
