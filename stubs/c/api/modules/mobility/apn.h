/* C functions of modules/mobility/apn.h. */

/**
 * Says what a status of Apple's push service means for the delivery.
 *
 * @thread any
 * @page momentum/3/3-api/apis-apn-status-classifier
 */
int apn_status_classifier(int status);
