/* Hooks with which modules provide caches and stores. */

/**
 * Looks a key up in a named cache. The server only declares it: modules provide caches through it.
 *
 * @hook core
 * @name core_cache_get
 * @param name Name of the cache.
 * @param key The key, as bytes.
 * @param klen Length of `key` in bytes.
 * @param value Takes the value.
 * @param vlen Takes the value's length in bytes.
 * @result 0 no such key
 * @result nonzero found
 * @since 3=3.0 4=4.0
 * @trap `value` and `vlen` are C pointers; no page shows how Lua sets what they point to.
 * @page momentum/3/3-api/hooks-core-cache-get
 */
int cache_get(void *closure, const char *name, const void *key, int klen, void **value, int *vlen);

/**
 * Puts a value into a named cache. The server only declares it: modules provide caches through it.
 *
 * @hook core
 * @name core_cache_set
 * @param name Name of the cache.
 * @param key The key, as bytes.
 * @param klen Length of `key` in bytes.
 * @param value The value, as bytes.
 * @param vlen Length of `value` in bytes.
 * @param whence Not described.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-cache-set
 */
void cache_set(void *closure, const char *name, const void *key, int klen, void *value, int vlen, u_int32_t whence);

/**
 * Runs when a typed value is looked up in a bag of values, so that a module can find its own types.
 *
 * @hook core
 * @name core_ec_bag_find
 * @param bag The bag.
 * @param type_name Name of the type that is wanted.
 * @result userdata the value
 * @result nil not found here
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-ec-bag-find
 */
void *ec_bag_find(void *closure, ec_bag *bag, const char *type_name);

/**
 * Runs when a Sieve script counts a gauge up or down (`ec_gauge_cache_inc`, `ec_gauge_cache_dec`).
 *
 * @hook core
 * @name core_gauge_cache_manip
 * @param cache Name of the cache.
 * @param key Name of the gauge.
 * @param keylen Length of `key` in bytes.
 * @param addend 1 to count up, -1 to count down.
 * @param expiry_time When the gauge expires, in seconds since 1970.
 * @param maxitems Most gauges in the cache.
 * @param replicated Whether the cache is shared by the cluster; the page does not say more.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-gauge-cache-manip
 */
void gauge_cache_manip(void *closure, const char *cache, const char *key, int keylen, int addend,
    uint64_t expiry_time, int maxitems, int replicated);
