/* C functions of modules/validate/audit_series.h. */

/**
 * Adds to the count of a key, or of the client's address, in a series.
 *
 * @page momentum/3/3-api/apis-audit-series-add
 */
int audit_series_add(const char *name, int count, char *key, accept_construct *ac, int prefix_len);

/**
 * Returns the count of a key, or of the client's address, in a series.
 *
 * @page momentum/3/3-api/apis-audit-series-count
 */
int audit_series_count(const char *name, int start, int end, char *key, accept_construct *ac);

/**
 * Declares a series.
 *
 * @keep persisted
 * @page momentum/3/3-api/apis-audit-series-define
 */
int audit_series_define(
    const char *name, const char *type, int interval, int num_windows, int serialize, char *replicate,
    int persisted);

/**
 * Returns the keys of a series.
 *
 * @page momentum/3/3-api/apis-audit-series-get-items
 */
audit_series_item *audit_series_get_items(const char *series, int start, int end);

/**
 * Returns the type of a series.
 *
 * @page momentum/3/3-api/apis-audit-series-get-type
 */
const char *audit_series_get_type(const char *series);

/**
 * Frees keys that `audit_series_get_items` returned.
 *
 * @page momentum/3/3-api/apis-audit-series-item-delref
 */
void audit_series_item_delref(audit_series_item *head);

/**
 * Removes a key from a series.
 *
 * @page momentum/3/3-api/apis-audit-series-remove-item
 */
int audit_series_remove_item(const char *name, char *key, accept_construct *ac);
