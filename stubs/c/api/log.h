/* C functions of log.h. */

/**
 * Logs an attempt to deliver a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-attempt
 */
void ec_log_attempt(ec_message *mess, domain_record *dr, struct timeval *now, const ec_string *note);

/**
 * Logs a delivery.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-delivery
 */
void ec_log_delivery(
    ec_message *message, domain_record *domain, struct timeval *now, const ec_string *notestr);

/**
 * Logs that a message failed for good.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-permanent-failure
 */
void ec_log_permanent_failure(
    ec_message *mess, domain_record *dr, struct timeval *now, const ec_string *note);

/**
 * Logs that a message was received.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-reception
 */
void ec_log_reception(accept_construct *ac, ec_message *em, struct timeval *now, const ec_string *notestr);

/**
 * Older form of `ec_log_rejection2`.
 *
 * @deprecated Use `ec_log_rejection2`.
 * @page momentum/3/3-api/apis-ec-log-rejection
 */
void ec_log_rejection(
    struct timeval *now, accept_construct *ac, validate_context *ctx, int phase, const char *format);

/**
 * Logs that an incoming message was refused, with a formatted reason.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-rejection-2
 */
void ec_log_rejection2(
    struct timeval *now, accept_construct *ac, validate_context *ctx, ec_message *msg, int phase,
    const char *format, ...);

/**
 * Logs that a delivery failed for now.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-log-transient-failure
 */
void ec_log_transient_failure(
    ec_message *message, domain_record *domain, struct timeval *now, const ec_string *notestr);
