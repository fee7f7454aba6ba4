/* C functions of ec_fc.h. */

/**
 * Finds a cache by name.
 *
 * @page momentum/3/3-api/apis-ec-fc-caches-find
 */
ec_fc_t *ec_fc_caches_find(const char *name);

/**
 * Empties all caches.
 *
 * @page momentum/3/3-api/apis-ec-fc-caches-purge
 */
unsigned int ec_fc_caches_purge(void);

/**
 * Makes a cache with a capacity and a lifetime in seconds.
 *
 * @page momentum/3/3-api/apis-ec-fc-create
 */
ec_fc_t *ec_fc_create(char *name, size_t n_entries, unsigned int expire, ec_fc_entry_dtor destroy_entry);

/**
 * Releases a cache; completes a destruction that had to wait.
 *
 * @page momentum/3/3-api/apis-ec-fc-delref
 */
void ec_fc_delref(ec_fc_t *cache);

/**
 * Destroys a cache once nobody holds it.
 *
 * @page momentum/3/3-api/apis-ec-fc-destroy
 */
void ec_fc_destroy(ec_fc_t *cache);

/**
 * Adds a holder to an entry.
 *
 * @page momentum/3/3-api/apis-ec-fc-entry-addref
 */
void ec_fc_entry_addref(ec_fc_entry_t *entry);

/**
 * Removes a holder from an entry; the last one frees it.
 *
 * @page momentum/3/3-api/apis-ec-fc-entry-delref
 */
void ec_fc_entry_delref(ec_fc_entry_t *entry);

/**
 * Brings an entry into its initial state.
 *
 * @page momentum/3/3-api/apis-ec-fc-entry-reset
 */
void ec_fc_entry_reset(ec_fc_entry_t *entry);

/**
 * Sets up the fast caches.
 *
 * @page momentum/3/3-api/apis-ec-fc-init
 */
void ec_fc_init(void);

/**
 * Takes an entry out of its cache.
 *
 * @page momentum/3/3-api/apis-ec-fc-invalidate
 */
int ec_fc_invalidate(ec_fc_entry_t *entry);

/**
 * Takes the entry with a key out of a cache.
 *
 * @page momentum/3/3-api/apis-ec-fc-invalidate-key
 */
int ec_fc_invalidate_key(ec_fc_t *cache, const void *key, size_t key_length);

/**
 * Looks an entry up and holds it; NULL when it is not there.
 *
 * @page momentum/3/3-api/apis-ec-fc-load
 */
ec_fc_entry_t *ec_fc_load(ec_fc_t *cache, const void *key, size_t key_length);

/**
 * Empties a cache quickly.
 *
 * @page momentum/3/3-api/apis-ec-fc-purge
 */
unsigned int ec_fc_purge(ec_fc_t *cache);

/**
 * Empties a cache quickly and, if wanted, rebuilds its index.
 *
 * @page momentum/3/3-api/apis-ec-fc-purge-2
 */
unsigned int ec_fc_purge2(ec_fc_t *cache, int reset_key_index);

/**
 * Removes the entries that have expired at a given time.
 *
 * @page momentum/3/3-api/apis-ec-fc-purge-time
 */
unsigned int ec_fc_purge_time(ec_fc_t *cache, struct timeval *tv);

/**
 * Changes how many entries a cache holds.
 *
 * @correction The synopsis names the second parameter `expire`.
 * @page momentum/3/3-api/apis-ec-fc-set-capacity
 */
int ec_fc_set_capacity(ec_fc_t *cache, unsigned int capacity);

/**
 * Changes how many seconds entries live.
 *
 * @page momentum/3/3-api/apis-ec-fc-set-expire
 */
int ec_fc_set_expire(ec_fc_t *cache, unsigned int expire);

/**
 * Reads the statistics of a cache.
 *
 * @page momentum/3/3-api/apis-ec-fc-stat
 */
void ec_fc_stat(ec_fc_t *cache, struct ec_fc_stat *st);

/**
 * Puts an entry into a cache under a key.
 *
 * @page momentum/3/3-api/apis-ec-fc-store
 */
int ec_fc_store(ec_fc_t *cache, ec_fc_entry_t *entry, const void *key, size_t key_length);

/**
 * As `ec_fc_store`, with a lifetime of its own in seconds.
 *
 * @page momentum/3/3-api/apis-ec-fc-store-expire
 */
int ec_fc_store_expire(
    ec_fc_t *cache, ec_fc_entry_t *entry, const void *key, size_t key_length, unsigned int expire);
