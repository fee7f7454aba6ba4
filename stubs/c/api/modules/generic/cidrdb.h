/* C functions of modules/generic/cidrdb.h. */

/**
 * Looks an address up in a CIDR database; may go on later.
 *
 * @page momentum/3/3-api/apis-cidr-query
 */
int cidr_query(
    const char *name, char *addr, accept_construct *ac, ec_bag *bag, ec_string *value, void *resumeptr,
    void (*resumefunc)(void *resumeptr));
