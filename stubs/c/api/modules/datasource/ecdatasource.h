/* C functions of modules/datasource/ecdatasource.h. */

/**
 * Releases the result of a query.
 *
 * @thread any
 * @correction The synopsis calls it `ec_cache_delref`, which is another function.
 * @page momentum/3/3-api/apis-ec-datasource-cache-delref
 */
void ec_datasource_cache_delref(ec_datasource_query_cache_entry *entry);

/**
 * Runs a query against a datasource, through its cache.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-cache-query
 */
int ec_datasource_cache_query(
    const char *cachename, const char *query, ECDict params, ec_datasource_closure *closure);

/**
 * Releases what a query holds.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-destroy-query
 */
void ec_datasource_destroy_query(ec_datasource_cache_query *q);

/**
 * Goes to the first column of a row.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-first-column
 */
int ec_datasource_first_column(
    const ec_datasource_query_cache_entry *ent, int nrow, ec_datasource_value_iterator *iter);

/**
 * Goes to the next column of a row.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-next-column
 */
int ec_datasource_next_column(
    const ec_datasource_query_cache_entry *ent, int nrow, ec_datasource_value_iterator *iter);

/**
 * Makes a query use named parameters.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-set-named-param-mode
 */
int ec_datasource_set_named_param_mode(ec_datasource_cache_query *q, int param_count);

/**
 * Sets a named parameter of a query.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-datasource-set-param-by-name
 */
int ec_datasource_set_param_by_name(ec_datasource_cache_query *q, const char *key, const ecdata_value *val);
