/* C functions of lookuptable.h. */

/**
 * Holds a message back until its domain is resolved; begins the lookup when the domain is new.
 *
 * @page momentum/3/3-api/apis-lookuptable-add-2
 */
void lookuptable_add2(ec_message *mess, const char *routing_domain);
