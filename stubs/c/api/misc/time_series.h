/* C functions of misc/time_series.h. */

/**
 * Adds a value to every monitor of a series.
 *
 * @page momentum/3/3-api/apis-time-series-add-data
 */
void time_series_add_data(time_series *ts, void *data);

/**
 * Adds a value to every monitor of a series, for a given time.
 *
 * @page momentum/3/3-api/apis-time-series-add-data-at
 */
void time_series_add_data_at(time_series *ts, void *data, time_t whence);

/**
 * Takes a bucket out of a monitor and returns it.
 *
 * @page momentum/3/3-api/apis-time-series-clear
 */
void *time_series_clear(time_series *ts, int series_id, unsigned short bucket_number);

/**
 * Takes a value out of every monitor of a series.
 *
 * @page momentum/3/3-api/apis-time-series-del-data
 */
void time_series_del_data(time_series *ts, void *data);

/**
 * Takes a value of a given time out of every monitor of a series.
 *
 * @page momentum/3/3-api/apis-time-series-del-data-at
 */
void time_series_del_data_at(time_series *ts, void *data, time_t whence);

/**
 * Frees a series.
 *
 * @page momentum/3/3-api/apis-time-series-destroy
 */
void time_series_destroy(time_series *ts);

/**
 * Frees one monitor of a series.
 *
 * @page momentum/3/3-api/apis-time-series-destroy-series
 */
void time_series_destroy_series(time_series *ts, int series_id);

/**
 * Returns a bucket of a monitor.
 *
 * @page momentum/3/3-api/apis-time-series-get
 */
void *time_series_get(time_series *ts, int series_id, unsigned short bucket_number);

/**
 * Returns the share of the current bucket's time that has passed, to weigh its count.
 *
 * @page momentum/3/3-api/apis-time-series-get-current-alpha
 */
float time_series_get_current_alpha(time_series *ts, int series_id);

/**
 * Takes the bucket before the current one out of a monitor.
 *
 * @page momentum/3/3-api/apis-time-series-get-last
 */
void *time_series_get_last(time_series *ts, int series_id);

/**
 * Says whether any monitor of a series holds data.
 *
 * @page momentum/3/3-api/apis-time-series-has-data
 */
int time_series_has_data(time_series *ts);

/**
 * Makes a series, with functions that handle its buckets.
 *
 * @page momentum/3/3-api/apis-time-series-init
 */
time_series *time_series_init(
    void (*add_data)(void *bucket, void *data), void *(*alloc_bucket)(), void (*free_bucket)(void *bucket));

/**
 * As `time_series_init`, with a function that takes data out again.
 *
 * @page momentum/3/3-api/apis-time-series-init-2
 */
time_series *time_series_init2(
    void (*add_data)(void *bucket, void *data), void (*del_data)(void *bucket, void *data),
    void *(*alloc_bucket)(), void (*free_bucket)(void *bucket));

/**
 * Adds a monitor to a series: a number of intervals of so many seconds.
 *
 * @page momentum/3/3-api/apis-time-series-init-series
 */
int time_series_init_series(time_series *ts, time_t base_interval, unsigned short num_intervals);

/**
 * Removes old data from every monitor of a series.
 *
 * @page momentum/3/3-api/apis-time-series-maintain-arrays
 */
void time_series_maintain_arrays(time_series *ts);

/**
 * Says whether one monitor of a series holds data.
 *
 * @page momentum/3/3-api/apis-time-series-series-has-data
 */
int time_series_series_has_data(time_series *ts, int series_id);
