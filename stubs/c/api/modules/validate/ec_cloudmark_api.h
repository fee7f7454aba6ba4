/* C functions of modules/validate/ec_cloudmark_api.h. */

/**
 * Reads score and categories from the header that Cloudmark made.
 *
 * @page momentum/3/3-api/apis-cloudmark-analysis
 */
int cloudmark_analysis(const char *cm_header, ec_message *m, unsigned int *score);

/**
 * Asks Cloudmark for the score of a message.
 *
 * @page momentum/3/3-api/apis-cloudmark-score
 */
int cloudmark_score(ec_message *m, accept_construct *acpt, validate_context *ctx);

/**
 * Checks a message with a Cloudmark ActiveFilter.
 *
 * @page momentum/3/3-api/apis-cloudmark-score-af
 */
int cloudmark_score_af(
    ec_message *m, accept_construct *acpt, validate_context *ctx, const char *af_id,
    unsigned int af_score_threshold);

/**
 * Asks Cloudmark for the score of an address.
 *
 * @page momentum/3/3-api/apis-cloudmark-score-ip
 */
int cloudmark_score_ip(const char *addr_str);
