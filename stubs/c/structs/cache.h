/* Caches. */

/**
 * A cache.
 *
 * @page momentum/3/3-api/structs-ec-cache-head
 */
struct ec_cache_head {
    /** Most elements that it holds. */
    unsigned int max_size;
    /** Seconds that an element lives. */
    unsigned int max_life;
    ec_cache_stats2 stats;
    ec_cache_elt_dtor_func dtor;
    pthread_rwlock_t lock;
    Skiplist cache;
    ec_hash_table pending;
    char *name;
    Event *e;
    ec_fc_t *fc;
};

/**
 * An element of a cache.
 *
 * @page momentum/3/3-api/structs-ec-cache-elt
 */
struct ec_cache_elt {
    char *key;
    void *value;
    ec_atomic_t ref;
    int keylen;
    /** Unix time in seconds of the last use. */
    time_t last;
    /** Unix time in seconds when the element expires. */
    time_t expiry_time;
    /** The entry of the cache underneath. */
    ec_fc_entry_t entry;
    ec_cache_elt_dtor_func dtor;
};
