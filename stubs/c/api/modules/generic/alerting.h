/* C functions of modules/generic/alerting.h. */

/**
 * Adds one to the counter of a key for a binding and domain.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-alerting-inc-count
 */
uint64_t ec_alerting_inc_count(int binding, const char *domain, const char *key);
