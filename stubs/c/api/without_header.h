/* Functions of `msys.core` whose header the documentation does not name. */

/**
 * Returns how many bindings a binding group has.
 *
 * @param name Name of the group.
 * @result integer How many bindings it has; 0 when there is no such group.
 * @nilcrash name
 * @seen
 * @fidelity modelled
 * @undocumented
 */
int config_get_binding_group_size(const char *name);

/**
 * Takes one off the number of inbound connections.
 *
 * @keep fd
 * @thread scheduler
 * @page momentum/3/3-api/apis-dec-inbound-connections
 */
void dec_inbound_connections(char *typename, int fd, accept_construct *ac);

/**
 * Appends the keys and values of a dictionary to a string.
 *
 * @param output Receives the text.
 * @param dict The dictionary.
 * @param level Depth at which it begins; 0 in the example.
 * @param indent Text in front of each line.
 * @nilcrash output, dict, indent
 * @seen
 * @undocumented
 * @page momentum/mobile/mobile-developer-guide/mm-7-server-received-message-hook-examples
 */
int dict_stringprint(ec_string *output, ECDict dict, int level, const char *indent);

/**
 * Returns the name of a protocol.
 *
 * @param p_num Number of the protocol, such as `msg.recv_method`.
 * @result string The name.
 * @seen
 * @undocumented
 * @page momentum/mobile/mobile-developer-guide/mm-7-log-conversion-hook-examples
 */
const char *protocol_string(int p_num);

/**
 * Returns the scheduler that delivers to a domain.
 *
 * @param domain Name of the destination domain.
 * @result ec_scheduler_inst The scheduler, for `msys.runInInst`.
 * @nilcrash domain
 * @seen
 * @fidelity modelled
 * @page momentum/4/lua/ref-msys-runininst
 */
ec_scheduler_inst *scheduler_for_domain(const char *domain);

/**
 * Makes an empty ec_string.
 *
 * @result ec_string The string. Functions that fill an ec_string take it; read it with `tostring`.
 * @since 3=3.0 4=4.0
 * @seen
 * @fidelity modelled
 * @page momentum/4/lua/ref-msys-core-string-new
 */
ec_string *string_new(void);

/**
 * Appends text to an ec_string.
 *
 * @param str The string.
 * @param text The text.
 * @param len Bytes of `text` to append: `#text`.
 * @nilcrash str, text
 * @seen
 * @undocumented
 * @fidelity modelled
 * @page momentum/mobile/mobile-developer-guide/smppmt-conversion-hook-examples
 */
ec_string *stringwrite(ec_string *str, const char *text, int len);
