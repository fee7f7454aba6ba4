/* C functions of echash.h. */

/**
 * Makes a hash table, with functions that free its keys and values.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-create
 */
ec_hash_table *echash_create(ECHashFreeFunc keyfree, ECHashFreeFunc datafree);

/**
 * Removes an entry and frees it with the given functions.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-delete
 */
int echash_delete(
    ec_hash_table *ht, const char *k, int klen, ECHashFreeFunc keyfree, ECHashFreeFunc datafree);

/**
 * Removes all entries and frees them with the given functions.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-delete-all
 */
void echash_delete_all(ec_hash_table *ht, ECHashFreeFunc keyfree, ECHashFreeFunc datafree);

/**
 * Removes an entry.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-delete-item
 */
int echash_delete_item(ec_hash_table *ht, const char *k, int klen);

/**
 * Removes a holder from a hash table.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-delref
 */
void echash_delref(ec_hash_table *ht);

/**
 * Frees a hash table that `echash_create` made.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-destroy
 */
void echash_destroy(ec_hash_table *h, ECHashFreeFunc keyfree, ECHashFreeFunc datafree);

/**
 * Prepares a hash table that the caller allocated.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-init
 */
void echash_init(ec_hash_table *h);

/**
 * Moves on to the next entry of a hash table.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-next
 */
int echash_next(ec_hash_table *h, ec_hash_iter *iter, const char **k, int *klen, void **data);

/**
 * Replaces the value of a key and frees the old one.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-replace
 */
int echash_replace(
    ec_hash_table *h, const char **k, int *klen, void *data, ECHashFreeFunc keyfree,
    ECHashFreeFunc datafree);

/**
 * Looks a key up.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-retrieve
 */
int echash_retrieve(ec_hash_table *h, const char *k, int klen, void **data);

/**
 * Stores a value under a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-store
 */
int echash_store(ec_hash_table *h, const char *k, int klen, void *data);

/**
 * Makes a hash table count its changes.
 *
 * @thread any
 * @page momentum/3/3-api/apis-echash-track-versioning
 */
void echash_track_versioning(ec_hash_table *h);
