/* C functions of modules/generic/adaptive.h. */

/**
 * Returns the thread pool of the adaptive backing store.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-get-backstore-job-class
 */
int ec_adaptive_get_backstore_job_class(void);

/**
 * Returns what limits jobs of the adaptive backing store.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-get-backstore-job-concurrency
 */
sem_t *ec_adaptive_get_backstore_job_concurrency(void);

/**
 * Returns the configured sweep rules.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-get-configured-sweep-rules
 */
ec_adaptive_sweep_rule *ec_adaptive_get_configured_sweep_rules(void);

/**
 * Returns the seconds that adaptive statistics are kept.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-get-stats-period
 */
int ec_adaptive_get_stats_period(void);

/**
 * Writes a line to the adaptive log.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-log
 */
void ec_adaptive_log(int level, const char *binding, const char *domain, const char *msg);

/**
 * Writes a changed option to the adaptive jlog.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-log-config
 */
void ec_adaptive_log_config(const char *binding, const char *domain, const char *optname, const char *value);

/**
 * Writes a changed status to the adaptive jlog.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-log-status
 */
void ec_adaptive_log_status(const char *binding, const char *domain, int status);

/**
 * Writes a formatted line to the adaptive log.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-logf
 */
void ec_adaptive_logf(int level, const char *binding, const char *domain, const char *msgfmt);

/**
 * Writes a formatted line to the adaptive log.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-logv
 */
void ec_adaptive_logv(int level, const char *binding, const char *domain, const char *msgfmt, va_list ap);

/**
 * Returns the sweep rules that hold for a binding and domain.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-sweep-rules-by-binding-domain
 */
ec_adaptive_sweep_rule *ec_adaptive_sweep_rules_by_binding_domain(ec_binding_slot slot, const char *domain);

/**
 * Makes a throttle for adaptive delivery, on this node or shared.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-throttle-create-named
 */
int ec_adaptive_throttle_create_named(
    const char *name, int is_shared, uint64_t maximum, unsigned int time_period);

/**
 * Changes the count of an adaptive throttle.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-throttle-delta
 */
int ec_adaptive_throttle_delta(const char *name, int is_shared, int amount);

/**
 * Says whether an adaptive throttle is used up, and until when.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-throttle-is-exceeded
 */
int ec_adaptive_throttle_is_exceeded(
    const char *name, int is_shared, struct timeval *now, struct timeval *later, int delta);

/**
 * Returns how long an adaptive throttle stays used up.
 *
 * @page momentum/3/3-api/apis-ec-adaptive-throttle-time-until-clear
 */
int ec_adaptive_throttle_time_until_clear(const char *name, int is_shared, int delta);

/**
 * Says whether adaptive delivery treats a binding and domain across the cluster.
 *
 * @page momentum/3/3-api/apis-is-adaptive-scope-global
 */
int is_adaptive_scope_global(const char *bname, const char *domain);
