/* Hooks around the DNS look-ups for delivery. */

/**
 * Asks for the addresses of a mail exchanger. A hook that resolves the name itself has to register the
 * addresses and to start the queue's upkeep.
 *
 * @hook core
 * @name core_dns_get_As
 * @param name Host name to resolve.
 * @param mxinfo What the addresses are wanted for.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-dns-get-as
 */
int dns_get_As(void *closure, const char *name, mx_info_closure *mxinfo);

/**
 * Asks for the mail exchangers of a domain. A hook that resolves the domain itself has to register them, from
 * the main thread, and to start the queue's upkeep; `dns_add_mx_broken` registers a domain that has none.
 *
 * @hook core
 * @name core_dns_get_MXs
 * @param domain Domain to resolve.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-dns-get-m-xs
 */
int dns_get_MXs(void *closure, const char *domain);

/**
 * Runs after the answer to a query for A records was handled, or skipped by `core_pre_dns_handle_a`.
 *
 * @hook core
 * @name core_post_dns_handle_a
 * @param mxinfo What the query was for; may be nil.
 * @param status Status of the query.
 * @param abuf The DNS answer as bytes.
 * @param alen Length of `abuf` in bytes.
 * @param qdomain Name that was asked for.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-dns-handle-a
 */
void post_dns_handle_a(void *closure, mx_info_closure *mxinfo, int status, unsigned char *abuf, int alen,
    const char *qdomain);

/**
 * Runs after the answer to a query for MX records was handled, or skipped by `core_pre_dns_handle_mx`.
 *
 * @hook core
 * @name core_post_dns_handle_mx
 * @param routes What the query was for; check it for nil, as `core_post_dns_handle_a` demands of its
 *   `mxinfo`.
 * @param status Status of the query.
 * @param abuf The DNS answer as bytes.
 * @param alen Length of `abuf` in bytes.
 * @param qdomain Domain that was asked for.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-dns-handle-mx
 */
void post_dns_handle_mx(void *closure, mx_routes *routes, int status, unsigned char *abuf, int alen,
    const char *qdomain);

/**
 * Runs before the answer to a query for A records is handled.
 *
 * @hook core
 * @name core_pre_dns_handle_a
 * @param mxinfo What the query was for.
 * @param status Status of the query.
 * @param abuf The DNS answer as bytes.
 * @param alen Length of `abuf` in bytes.
 * @param qdomain Name that was asked for.
 * @result 0 go on with the next hook, then handle the answer
 * @result 1 skip the remaining hooks and the answer
 * @result 2 as 1, and the hook frees `mxinfo`
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-dns-handle-a
 */
int pre_dns_handle_a(void *closure, mx_info_closure *mxinfo, int status, unsigned char *abuf, int alen,
    const char *qdomain);

/**
 * Runs before the answer to a query for MX records is handled.
 *
 * @hook core
 * @name core_pre_dns_handle_mx
 * @param routes What the query was for.
 * @param status Status of the query.
 * @param abuf The DNS answer as bytes.
 * @param alen Length of `abuf` in bytes.
 * @param qdomain Domain that was asked for.
 * @result 0 go on with the next hook, then handle the answer
 * @result 1 skip the remaining hooks and the answer
 * @result 2 as 1, and the hook frees `routes`
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-dns-handle-mx
 */
int pre_dns_handle_mx(void *closure, mx_routes *routes, int status, unsigned char *abuf, int alen,
    const char *qdomain);
