/* Hooks around connections, inbound and outbound: opening, closing, counting, throttling. */

/**
 * Asked before an outbound connection whether the connection throttle holds it back.
 *
 * @hook core
 * @name core_check_outbound_conn_throttle
 * @param binding_id Number of the binding.
 * @param dr Destination domain.
 * @param now Current time.
 * @param later Set to the earliest time at which it may go on.
 * @result 0 go on
 * @result nonzero wait at least until `later`
 * @since 3=3.0 4=4.0
 * @trap `later` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-check-outbound-conn-throttle
 */
int check_outbound_conn_throttle(void *closure, int binding_id, domain_record *dr, struct timeval *now,
    struct timeval *later);

/**
 * Asked before a message goes out over a connection whether the message throttle holds it back.
 *
 * @hook core
 * @name core_check_outbound_mess_throttle
 * @param binding_id Number of the binding.
 * @param dr Destination domain.
 * @param now Current time.
 * @param later Set to the earliest time at which it may go on.
 * @result 0 go on
 * @result nonzero wait at least until `later`
 * @since 3=3.0 4=4.0
 * @trap `later` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-check-outbound-mess-throttle
 */
int check_outbound_mess_throttle(void *closure, int binding_id, domain_record *dr, struct timeval *now,
    struct timeval *later);

/**
 * Sets how many connections are wanted for a domain and binding, in place of the server's own reckoning. The
 * last module that sets it wins.
 *
 * @hook core
 * @name core_connection_goal
 * @param dr Destination domain that has messages to deliver.
 * @param binding_slot Number of the binding.
 * @param aq The domain's active queue for that binding.
 * @param goal Holds the number of connections; set another.
 * @since 3=3.0 4=4.0
 * @trap `goal` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-connection-goal
 */
void connection_goal(void *closure, domain_record *dr, int binding_slot, Skiplist *aq, int *goal);

/**
 * Runs after the local address of an outbound connection was bound, before the connection is made.
 *
 * @hook core
 * @name core_connection_post_bind
 * @param dr Destination domain whose queue is to be delivered.
 * @param binding_slot Number of the binding.
 * @param fd File descriptor of the socket.
 * @param addr Address that will be connected to.
 * @param addr_len Size of `addr` in bytes.
 * @result 0 go on
 * @result nonzero give up the connection
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-connection-post-bind
 */
int connection_post_bind(void *closure, domain_record *dr, int binding_slot, int fd, struct sockaddr *addr,
    int addr_len);

/**
 * Runs once for each inbound connection, just before it is closed.
 *
 * @hook core
 * @name core_dec_inbound_connections
 * @keep fd
 * @param conntype Kind of the connection, such as `SMTP`.
 * @param fd File descriptor of the connection; it is not the length of `conntype`, so Lua gets both.
 * @param ac The inbound connection.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-dec-inbound-connections
 */
void dec_inbound_connections(void *closure, char *conntype, int fd, accept_construct *ac);

/**
 * Runs just before an outbound SMTP connection is closed.
 *
 * @hook core
 * @name core_dec_outbound_connections
 * @param connh The outbound connection.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-dec-outbound-connections
 */
void dec_outbound_connections(void *closure, connection_handle *connh);

/**
 * Runs once for each inbound connection, when it was accepted.
 *
 * @hook core
 * @name core_inc_inbound_connections
 * @keep fd
 * @param conntype Kind of the connection, such as `SMTP`.
 * @param fd File descriptor of the connection; it is not the length of `conntype`, so Lua gets both.
 * @param ac The inbound connection.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-inc-inbound-connections
 */
void inc_inbound_connections(void *closure, char *conntype, int fd, accept_construct *ac);

/**
 * Runs when an outbound connection is begun, to count it for the throttle.
 *
 * @hook core
 * @name core_inc_outbound_conn_throttle
 * @param binding_id Number of the binding.
 * @param dr Destination domain.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-inc-outbound-conn-throttle
 */
void inc_outbound_conn_throttle(void *closure, int binding_id, domain_record *dr);

/**
 * Runs when an outbound SMTP connection was made.
 *
 * @hook core
 * @name core_inc_outbound_connections
 * @param connh The outbound connection.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-inc-outbound-connections
 */
void inc_outbound_connections(void *closure, connection_handle *connh);

/**
 * Runs when the delivery of a message begins, to count it for the throttle.
 *
 * @hook core
 * @name core_inc_outbound_mess_throttle
 * @param binding_id Number of the message's binding.
 * @param dr Destination domain.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-inc-outbound-mess-throttle
 */
void inc_outbound_mess_throttle(void *closure, int binding_id, domain_record *dr);

/**
 * Runs after it was tried to begin an SMTP session. A connection is made for a domain and binding, not for a
 * message; the first message of their active queue is a fair guess at what it was made for.
 *
 * @hook core
 * @name core_post_initiate_connection_smtp
 * @param dr Destination domain.
 * @param binding_slot Number of the binding.
 * @param now Current time.
 * @param conn_fd File descriptor of the connection, or one of C's `CONN_ERR` codes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-initiate-connection-smtp
 */
void post_initiate_connection_smtp(void *closure, domain_record *dr, int binding_slot, struct timeval *now,
    int conn_fd);

/**
 * Runs just before an open connection, which has delivered the last message of one domain, is handed over to
 * another domain that shares the mail exchanger. It is for accounting.
 *
 * @hook core
 * @name core_premigrate_outbound_connection
 * @param connh The outbound connection.
 * @param src Domain that the connection served.
 * @param dest Domain that it will serve.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-premigrate-outbound-connection
 */
void premigrate_outbound_connection(void *closure, connection_handle *connh, domain_record *src,
    domain_record *dest);

/**
 * Asked, while a mail exchanger is chosen for a domain, whether a new connection to this host is out of the
 * question.
 *
 * @hook core
 * @name core_veto_host_connection
 * @param host The host.
 * @param dr Destination domain.
 * @param binding_slot Number of the binding.
 * @param max_conns Connections that are allowed; the page does not say more.
 * @param cur_conns Connections that are open; the page does not say more.
 * @result 0 the host may be used
 * @result 1 no new connection to this host
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-veto-host-connection
 */
int veto_host_connection(void *closure, host_record *host, domain_record *dr, int binding_slot, int max_conns,
    int cur_conns);
