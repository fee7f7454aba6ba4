/* Hooks for publishing information to the cluster. */

/**
 * Runs when a module publishes information to the cluster.
 *
 * @hook publish
 * @name publish_packet
 * @param source Name of the module that publishes.
 * @param packet The data to be published.
 * @param plen Length of `packet` in bytes.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-publish-packet
 */
void packet(void *closure, char *source, char *packet, int plen);
