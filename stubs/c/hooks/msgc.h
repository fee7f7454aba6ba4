/* Hooks of MSGC, the group messaging between the nodes of a cluster. */

/**
 * Fills in the private name under which this node is known to MSGC. MSGC implements it; other modules call
 * it.
 *
 * @hook msgc
 * @name msgc_get_private_name
 * @param buf Takes the name.
 * @param buf_len Size of `buf` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-msgc-get-private-name
 */
void get_private_name(void *closure, char *buf, int buf_len);

/**
 * Joins a group. MSGC implements it; a module calls it once for a group, and MSGC joins again by itself when
 * the connection was lost.
 *
 * @hook msgc
 * @name msgc_join
 * @param group Name of the group.
 * @param group_len Length of `group` in bytes.
 * @param capabilities What this node announces about itself to the group.
 * @param capabilities_len Length of `capabilities` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-msgc-join
 */
void join(void *closure, const char *group, u_int16_t group_len, const char *capabilities,
    u_int16_t capabilities_len);

/**
 * Runs when a node joins or leaves a group, or when a group's number changes.
 *
 * @hook msgc
 * @name msgc_membership_subscribe
 * @param mode 0: the node left; 1: it joined; 2: the group's number changed, and `sender` and `capabilities`
 *   are empty.
 * @param sender Node that the event is about.
 * @param sender_len Length of `sender` in bytes.
 * @param group Name of the group.
 * @param group_len Length of `group` in bytes.
 * @param capabilities What the node announced about itself.
 * @param capabilities_len Length of `capabilities` in bytes.
 * @param gid Number of the group.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-msgc-membership-subscribe
 */
void membership_subscribe(void *closure, int mode, const char *sender, int sender_len, const char *group,
    int group_len, const char *capabilities, int capabilities_len, u_int32_t gid);

/**
 * Sends data to all members of a group. MSGC implements it; other modules call it.
 *
 * @hook msgc
 * @name msgc_multicast_publish
 * @param group Name of the group.
 * @param group_len Length of `group` in bytes.
 * @param data The bytes to send.
 * @param data_len Length of `data` in bytes.
 * @param result Set to 0 when the data was sent, to another value when it was not.
 * @since 3=3.0 4=4.0
 * @trap `result` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-msgc-multicast-publish
 */
void multicast_publish(void *closure, const char *group, u_int16_t group_len, const unsigned char *data,
    u_int32_t data_len, int *result);

/**
 * Runs for each message that MSGC receives from a group.
 *
 * @hook msgc
 * @name msgc_multicast_subscribe
 * @param sender Node that sent it.
 * @param sender_len Length of `sender` in bytes.
 * @param group Name of the group.
 * @param group_len Length of `group` in bytes.
 * @param data The bytes that were received.
 * @param data_len Length of `data` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-msgc-multicast-subscribe
 */
void multicast_subscribe(void *closure, const char *sender, int sender_len, const char *group, int group_len,
    const unsigned char *data, int data_len);
