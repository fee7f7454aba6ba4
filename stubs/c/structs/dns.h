/* Addresses, the DNS cache and MX routes. */

/**
 * An IPv4 or IPv6 address.
 *
 * @page momentum/3/3-api/structs-address
 */
struct address {
    /** `AF_INET` or `AF_INET6`. */
    u_int8_t family;
    /** The address itself, as the family says. */
    union {
        /** The address itself, as the family says. */
        struct in_addr inaddr;
        /** The address when it is IPv6. */
        struct in6_addr inaddr6;
    } inaddr;
};

/**
 * A question to the DNS cache.
 *
 * @page momentum/3/3-api/structs-dns-cache-query
 */
struct dns_cache_query {
    /** Record type that is asked for. */
    u_int8_t query_type;
    /** Name or address that is asked about. */
    union {
        char *name;
        struct in_addr ip4;
        struct in6_addr ip6;
    } query;
};

/**
 * An answer in the DNS cache.
 *
 * @page momentum/3/3-api/structs-dns-cache-cachenode
 */
struct dns_cache_cachenode {
    /** The question. */
    dns_cache_query query;
    ec_atomic_t refcnt;
    /** Type of the answer; differs from the question's only for a CNAME. */
    u_int8_t answer_type;
    /** Number of answers. */
    u_int8_t answer_count;
    /** Status of the resolver. */
    u_int8_t resolver_status;
    /** The answers, as the type says. */
    union {
        char **name;
        struct in_addr *ip4;
        struct in6_addr *ip6;
    } answer;
    void *__private;
    /** Unix time in seconds when the answer is dropped. */
    u_int64_t expiry;
    int *preference;
    pthread_cond_t cv;
    int *weight;
    int *port;
};

/**
 * MX routes of a domain, as configured.
 *
 * @page momentum/3/3-api/structs-mx-routes
 */
struct mx_routes {
    int has_lookup;
    int cnt;
    mx_route_info *routes;
    char *name;
    int expires;
};

/**
 * One MX route.
 *
 * @page momentum/3/3-api/structs-mx-routes
 */
struct mx_route_info {
    int type;
    u_int8_t family;
    struct in6_addr address;
    char *delivery_method;
    char *name;
    int pref;
    int ttl;
    int port;
    ECDict params;
};
