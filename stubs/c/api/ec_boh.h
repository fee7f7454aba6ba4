/* C functions of ec_boh.h. */

/**
 * Adds a holder to a bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-addref
 */
ec_bag *ec_bag_addref(ec_bag *bag);

/**
 * Makes an empty bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-create
 */
ec_bag *ec_bag_create(void);

/**
 * Removes a holder from a bag; the last one frees it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-delref
 */
void ec_bag_delref(ec_bag *bag);

/**
 * Removes everything from a bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-empty
 */
void ec_bag_empty(ec_bag *bag);

/**
 * Looks for a pointer in a bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-find
 */
void *ec_bag_find(ec_bag *bag, const char *typedname);

/**
 * Returns the pointer of a type from a bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-get
 */
void *ec_bag_get(ec_bag *bag, const char *typedname);

/**
 * Puts a pointer into a bag under the name of its type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-put
 */
int ec_bag_put(ec_bag *bag, const char *typedname, void *thing);

/**
 * Takes the pointer of a type out of a bag.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-bag-remove
 */
void *ec_bag_remove(ec_bag *bag, const char *typedname);
