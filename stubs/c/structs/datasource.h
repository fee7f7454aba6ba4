/* Datasources and their queries. */

/**
 * A datasource: where it connects to and how its results are kept.
 *
 * @page momentum/3/3-api/structs-ec-data-source-query-cache
 */
struct ec_data_source_query_cache {
    ec_cache_t *dbcache;
    /** Seconds that a result is kept. */
    u_int32_t cache_life;
    /** Most results that are kept. */
    u_int32_t cache_size;
    /** 1 when results are shared across the cluster. */
    int serialized;
    /** 1 when every query goes to the backend. */
    int no_cache;
    char *name;
    ec_ptr_array uris;
    ec_atomic_t last_uri;
    /** State of the driver. */
    struct ec_datasource_driver_record *rec;
    /** Character set that is assumed when the driver names none. */
    char *charset;
    /** Most rows that are fetched. */
    int32_t max_rows;
    ECDict confdict;
    /** Number of the thread pool that runs the queries; since 3.0.15. */
    int jobclass;
};

/**
 * A query to a datasource, with its parameters and, afterwards, its result.
 *
 * @page momentum/3/3-api/structs-ec-datasource-cache-query
 */
struct ec_datasource_cache_query {
    char *query;
    int query_len;
    const char *desired_charset;
    unsigned no_cache : 1;
    unsigned no_fetch : 1;
    /** Number of positional parameters; 0 when they are named. */
    int params_positional;
    ecdata_value *positional_params;
    /** Named parameters, when there are no positional ones. */
    ec_hash_table *params;
    /** Key of the query in the cache. */
    char *key;
    int key_len;
    /** The result, after the query ran. */
    ec_datasource_query_cache_entry *result;
    /** The datasource. */
    ec_data_source_query_cache *cache;
};

/**
 * The result of a query.
 *
 * @page momentum/3/3-api/structs-ec-datasource-query-cache-entry
 */
struct ec_datasource_query_cache_entry {
    /** The cache that holds it. */
    ec_cache_t *cache;
    ec_cache_elt *elt;
    /** Number of rows. */
    int nrows;
    ec_hash_table **rows;
    /** Number of columns; a source such as LDAP has no fixed ones. */
    int ncols;
    /** Names of the columns; may be NULL. */
    char **colnames;
};

/**
 * Walks over the columns of a row.
 *
 * @page momentum/3/3-api/structs-ec-datasource-value-iterator
 */
struct ec_datasource_value_iterator {
    /** Name of the column. */
    const char *name;
    ecdata_columnar_data *col;
    /** Internal. */
    int i;
    ec_hash_iter iter;
};

/**
 * A query that runs in a thread pool.
 *
 * @page momentum/3/3-api/structs-ec-datasource-closure
 */
struct ec_datasource_closure {
    ec_async_job job;
    int status;
    /** The query; its result must be released by the caller. */
    ec_datasource_cache_query q;
    /** Receives the error text when the caller provided it. */
    ec_string *errmsg;
};

/**
 * A value in a query's parameters or result.
 *
 * @page momentum/3/3-api/structs-ecdata-value
 */
struct ecdata_value {
    unsigned char type;
    union {
        int intval;
        const char *strval;
    } v;
    unsigned long len;
    const char *charset;
};
