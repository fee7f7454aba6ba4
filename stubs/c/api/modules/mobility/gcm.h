/* C functions of modules/mobility/gcm.h. */

/**
 * Says what an error of Google's push service means for the delivery.
 *
 * @thread any
 * @page momentum/3/3-api/apis-gcm-classify-error
 */
int gcm_classify_error(int status);

/**
 * Returns the number of an error that Google's push service names.
 *
 * @thread any
 * @page momentum/3/3-api/apis-gcm-get-result-error-code
 */
int gcm_get_result_error_code(const char *error);
