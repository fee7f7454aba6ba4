/* C functions of modules/validate/ec_brightmail_api.h. */

/**
 * Scans a message with Brightmail.
 *
 * @page momentum/3/3-api/apis-bm-scan
 */
int bm_scan(
    ec_message *msg, accept_construct *ac, validate_context *vctx, ec_string *verdict, ec_string *rules,
    ec_string *tracker, int *is_default);
