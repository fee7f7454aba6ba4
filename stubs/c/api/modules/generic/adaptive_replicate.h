/* C functions of modules/generic/adaptive_replicate.h. */

/**
 * Stores suspensions and option values of a binding and domain.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-persist-configurations
 */
int ec_adaptive_persist_configurations(
    const char **spaths, int *prefd, const char *nodename, ec_adaptive_bdr *bdr, ec_hash_table *ages,
    pthread_rwlock_t *ages_lock, ec_hash_table *suspensions, pthread_rwlock_t *suspensions_lock,
    ec_hash_table *optvals, pthread_rwlock_t *optvals_lock, char *err_buf, size_t buf_len);

/**
 * Removes a suspension from the backing store.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-remove-suspension
 */
int ec_adaptive_remove_suspension(
    const char **spaths, int *prefd, const char *nodename, ec_adaptive_bdr *bdr, char *err_buf,
    size_t buf_len);

/**
 * Reads parameters back from the backing store.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-restore-configuration
 */
int ec_adaptive_restore_configuration(
    const char **spaths, int *prefd, int is_global, const char *nodename, char *ids, char *err_buf,
    size_t buf_len);
