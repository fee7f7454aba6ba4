/* C functions of modules/validate/dkim.h. */

/**
 * Gives the results of DKIM verification and returns how many there are.
 *
 * @page momentum/3/3-api/apis-ec-dkim-get-verify-results
 */
int ec_dkim_get_verify_results(validate_context *vctx, ec_dkim_verify_results **results);
