/* C functions of soft_bounce.h. */

/**
 * Writes the machine-readable part of a delivery report to a string.
 *
 * @page momentum/3/3-api/apis-ec-generate-rfc-3464-delivery-status
 */
void ec_generate_rfc3464_delivery_status(
    ec_string *output, ec_message *mess, ECDict custom_fields, dsn_actype action, struct timeval *attempt);

/**
 * Writes the machine-readable part of a delivery report to memory that it allocates.
 *
 * @page momentum/3/3-api/apis-ec-generate-rfc-3464-delivery-status-2
 */
void ec_generate_rfc3464_delivery_status2(
    ec_message *mess, ECDict custom_fields, dsn_actype action, struct timeval *attempt, ECDict tbl,
    char **output);

/**
 * Makes a delivery report for a message.
 *
 * @page momentum/3/3-api/apis-ec-generate-rfc-3464-message
 */
ec_message *ec_generate_rfc3464_message(ec_message *message, dsn_actype action);

/**
 * Makes a delivery report for a message and queues it.
 *
 * @page momentum/3/3-api/apis-ec-generate-rfc-3464-notification
 */
void ec_generate_rfc3464_notification(ec_message *message, dsn_actype action);

/**
 * Makes a bounce for a message and queues it.
 *
 * @page momentum/3/3-api/apis-ec-generate-soft-bounce
 */
void ec_generate_soft_bounce(ec_message *message);

/**
 * Queues a message that the server made itself.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-internal-inject
 */
void ec_internal_inject(ec_message *mess, struct timeval *now);

/**
 * As `ec_internal_inject`, with flags.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-internal-inject-2
 */
void ec_internal_inject2(ec_message *mess, struct timeval *now, int flags);

/**
 * As `ec_internal_inject`, without logging a reception.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-internal-inject-no-log
 */
void ec_internal_inject_no_log(ec_message *mess, struct timeval *now);

/**
 * Reads the fields of a delivery report.
 *
 * @page momentum/3/3-api/apis-ec-parse-rfc-3464-delivery-status
 */
int ec_parse_rfc3464_delivery_status(ec_message *mess, ECDict *fields);

/**
 * Decides whether a message gets a bounce.
 *
 * @page momentum/3/3-api/apis-ec-soft-bounce-process
 */
void ec_soft_bounce_process(ec_message *vm);

/**
 * As `ec_soft_bounce_process`, for the old kind of message.
 *
 * @page momentum/3/3-api/apis-soft-bounce-process
 */
void soft_bounce_process(email_message *am);
