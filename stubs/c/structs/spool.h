/* The spool. */

/**
 * A spool: a directory of messages.
 *
 * @page momentum/3/3-api/structs-ec-spool-ctx
 */
struct ec_spool_ctx {
    int spool_lock;
    char *base;
    size_t base_length;
    int file_mode;
    /** Seconds that a message is kept; 0 means the global `message_expiration`. */
    int maximum_retention;
    /** 1 to give imported messages new identifiers. */
    unsigned always_rewrite_mids : 1;
    /** 1 to add no trace header. */
    unsigned suppress_trace_headers : 1;
    ec_spool_ctx *next;
    ec_hash_table *spool_hash;
    ec_atomic_t spool_hash_lock;
    ec_hash_table *spool_resources;
    pthread_mutex_t resource_lock;
    ec_spool_ctx_insertion_func on_insert;
    void *on_insert_closure;
    int filtered;
    ec_spool_ctx_io_filter_func filters[EC_SPOOL_FILTER_GROWBUF_READ + 1];
    void *filter_ctxs[EC_SPOOL_FILTER_GROWBUF_READ + 1];
};
