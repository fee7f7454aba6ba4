/* C functions of dns-cache.h. */

/**
 * Releases an answer of the DNS cache.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dns-cache-free-node
 */
void dns_cache_free_node(dns_cache_cachenode *node);

/**
 * Looks a question up in the DNS cache only; NULL when it is not there.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dns-cache-lookup
 */
dns_cache_cachenode *dns_cache_lookup(dns_cache_query *query);

/**
 * Answers a DNS question from the cache or by asking; blocks meanwhile.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dns-cache-lookup-wait
 */
dns_cache_cachenode *dns_cache_lookup_wait(dns_cache_query *query);

/**
 * Asks a DNS question; the answer goes to a function.
 *
 * @page momentum/3/3-api/apis-dns-cache-submit
 */
void dns_cache_submit(dns_cache_query *q, dns_cache_callback cb, void *cl);

/**
 * As `dns_cache_submit`, with flags.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-dns-cache-submit-2
 */
void dns_cache_submit2(dns_cache_query *query, dns_cache_callback callback, void *closure, int flags);

/**
 * As `dns_cache_submit2`, through a resolver of the caller's choice.
 *
 * @page momentum/3/3-api/apis-dns-cache-submit-3
 */
void dns_cache_submit3(
    dns_cache_query *q, dns_cache_callback cb, void *cl, int flags, ares_channel mychannel);
