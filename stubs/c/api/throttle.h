/* C functions of throttle.h. */

/**
 * Says whether an outbound throttle is used up, and until when.
 *
 * @page momentum/3/3-api/apis-check-outbound-throttle
 */
int check_outbound_throttle(throttle *ob_mess_throttle, struct timeval *now, struct timeval *later);

/**
 * Makes a throttle: so much in so many seconds.
 *
 * @page momentum/3/3-api/apis-ec-throttle-create-named
 */
int ec_throttle_create_named(const char *name, uint64_t maximum, unsigned int time_period);

/**
 * Changes the count of a throttle.
 *
 * @page momentum/3/3-api/apis-ec-throttle-delta
 */
int ec_throttle_delta(const char *name, int amount);

/**
 * Removes a throttle.
 *
 * @page momentum/3/3-api/apis-ec-throttle-destroy-named
 */
int ec_throttle_destroy_named(const char *name);

/**
 * Says whether a throttle is used up, and until when.
 *
 * @page momentum/3/3-api/apis-ec-throttle-is-exceeded
 */
int ec_throttle_is_exceeded(const char *name, struct timeval *now, struct timeval *later);

/**
 * Returns how long a throttle stays used up.
 *
 * @page momentum/3/3-api/apis-ec-throttle-time-until-clear
 */
int ec_throttle_time_until_clear(const char *name);
