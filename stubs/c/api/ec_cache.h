/* C functions of ec_cache.h. */

/**
 * Makes a cache of at most `max_elts` elements that live `max_lifetime` seconds.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-create
 */
ec_cache_t *ec_cache_create(unsigned int max_elts, unsigned int max_lifetime, ec_cache_elt_dtor_func dtor);

/**
 * As `ec_cache_create`, with a name for the console.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-create-2
 */
ec_cache_t *ec_cache_create2(
    unsigned int max_elts, unsigned int max_lifetime, ec_cache_elt_dtor_func dtor, const char *name);

/**
 * Removes an element from a cache.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-delete
 */
int ec_cache_delete(ec_cache_t *cache, const char *key, int keylen);

/**
 * Releases an element that came from a cache.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-delref
 */
void ec_cache_delref(ec_cache_t *cache, ec_cache_elt *elt);

/**
 * Removes everything from a cache and frees it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-destroy
 */
void ec_cache_destroy(ec_cache_t *cache);

/**
 * Looks an element up and holds it; NULL when it is not there.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-find
 */
ec_cache_elt *ec_cache_find(ec_cache_t *cache, const char *key, int keylen);

/**
 * Older form of `ec_cache_get_stats2`.
 *
 * @deprecated Use `ec_cache_get_stats2`.
 * @page momentum/3/3-api/apis-ec-cache-get-stats
 */
void ec_cache_get_stats(ec_cache_t *cache, ec_cache_stats *stats);

/**
 * Reads the statistics of a cache.
 *
 * @page momentum/3/3-api/apis-ec-cache-get-stats-2
 */
void ec_cache_get_stats2(ec_cache_t *cache, ec_cache_stats2 *stats);

/**
 * Reads the statistics of the cache with that name.
 *
 * @page momentum/3/3-api/apis-ec-cache-get-stats-by-name
 */
int ec_cache_get_stats_by_name(const char *name, ec_cache_stats2 *stats);

/**
 * Puts a value into a cache and returns its element.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-insert
 */
ec_cache_elt *ec_cache_insert(ec_cache_t *cache, const char *key, int keylen, void *value);

/**
 * Removes expired elements from a cache, or all of them.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-cache-purge
 */
int ec_cache_purge(ec_cache_t *cache, time_t *now, int purge_all);

/**
 * Looks an element up and, when it is missing, gives the caller the job to find its value.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolve
 */
int ec_cache_resolve(
    ec_cache_t *cache, const char *key, int keylen, ec_cache_elt **elt, ec_cache_resolver **resolver);

/**
 * Releases the job to find a value.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolver-delref
 */
void ec_cache_resolver_delref(ec_cache_resolver *resolver);

/**
 * Calls a function when the value has been found.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolver-run-on-completion
 */
void ec_cache_resolver_run_on_completion(
    ec_cache_resolver *resolver, ec_cache_resolver_completion_func func, void *closure);

/**
 * Delivers the value that was to be found.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolver-set-complete
 */
void ec_cache_resolver_set_complete(ec_cache_resolver *resolver, ec_cache_elt *elt);

/**
 * Blocks until the value has been found.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolver-wait-for-completion
 */
ec_cache_elt *ec_cache_resolver_wait_for_completion(ec_cache_resolver_cond *cond);

/**
 * Prepares to wait until the value has been found.
 *
 * @page momentum/3/3-api/apis-ec-cache-resolver-wake-on-completion
 */
ec_cache_resolver_cond *ec_cache_resolver_wake_on_completion(ec_cache_resolver *resolver);
