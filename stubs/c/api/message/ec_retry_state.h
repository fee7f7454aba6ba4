/* C functions of message/ec_retry_state.h. */

/**
 * Removes a holder from a retry state.
 *
 * @page momentum/3/3-api/apis-ec-retry-state-delref
 */
void ec_retry_state_delref(ec_retry_state_t *state);

/**
 * Returns the retry state of a binding and domain; makes it on first use.
 *
 * @page momentum/3/3-api/apis-ec-retry-state-get
 */
struct ec_retry_state *ec_retry_state_get(ec_binding_slot binding, const char *domain);

/**
 * Returns the next offset in seconds, at most `ceiling`.
 *
 * @page momentum/3/3-api/apis-ec-retry-state-next
 */
unsigned int ec_retry_state_next(ec_retry_state_t *state, unsigned int ceiling);

/**
 * Starts a retry state over.
 *
 * @page momentum/3/3-api/apis-ec-retry-state-reset
 */
void ec_retry_state_reset(ec_retry_state_t *state);
