/* Hooks between the nodes of a cluster. */

/**
 * Adaptive delivery calls it when a parameter that holds for the whole cluster has changed; the cluster
 * module implements it to tell the other nodes.
 *
 * @hook cluster
 * @name cluster_adaptive_update
 * @param buf The update as a block of bytes.
 * @param buflen Length of `buf` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-cluster-adaptive-update
 */
void adaptive_update(void *closure, const char *buf, int buflen);

/**
 * Runs when the membership of a cluster group has changed. Compare the group first: changes of every group
 * are reported.
 *
 * @hook cluster
 * @name cluster_membership_update
 * @param spc State of the messaging connection that reported the change.
 * @param sender Name of the group that changed.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-cluster-membership-update
 */
void membership_update(void *closure, sp_closure_t *spc, const char *sender);

/**
 * Fills in the node name of this Momentum instance. The cluster module implements it; other modules call it
 * to learn the name.
 *
 * @hook cluster
 * @name cluster_nodename
 * @param buffer Takes the node name.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-cluster-nodename
 */
void nodename(void *closure, ec_string *buffer);

/**
 * Runs when another node asks over the message bus for statistics. The hook is expected to send its answer to
 * `sender` as a private message.
 *
 * @hook cluster
 * @name cluster_stats_request
 * @keep command_type
 * @param cclosure Not described.
 * @param sender Node that asked.
 * @param group Group to which the request was sent.
 * @param command_type Number of the request; it is not the length of `group`, so Lua gets both.
 * @param which Which statistics are wanted.
 * @param mess The request's data.
 * @param len Length of `mess` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-cluster-stats-request
 */
void stats_request(void *closure, void *cclosure, char *sender, char *group, int command_type, int which,
    char *mess, int len);

/**
 * Fills in the name of the subcluster that this instance belongs to. The cluster module implements it; other
 * modules call it to learn the name.
 *
 * @hook cluster
 * @name cluster_subcluster
 * @param buffer Takes the name of the subcluster.
 * @since 3=3.2 4=4.0
 * @page momentum/3/3-api/hooks-cluster-subcluster
 */
void subcluster(void *closure, ec_string *buffer);

/**
 * Runs when an update of transmission metrics arrives from another node.
 *
 * @hook cluster
 * @name cluster_update_trans_metrics
 * @param msg The metrics; read only.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-cluster-update-trans-metrics
 */
void update_trans_metrics(void *closure, const ec_cluster_metrics *msg);
