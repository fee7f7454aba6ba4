/* C functions of ec_blobject.h. */

/**
 * Adds a holder to an object.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-blobject-addref
 */
void ec_blobject_addref(ec_blobject *obj);

/**
 * Removes a holder from an object; the last one frees it.
 *
 * @param obj The object. It must not be used afterwards.
 * @nilcrash obj
 * @trap Balance every object that a function hands out with one release: one too many frees memory that is
 * in use.
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-ec-blobject-delref
 */
void ec_blobject_delref(ec_blobject *obj);

/**
 * As `ec_blobject_delref`, for use where a plain pointer is expected.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-blobject-delref-typeunsafe
 */
void ec_blobject_delref_typeunsafe(void *blobject);

/**
 * Makes a reference-counted object of a class around a pointer.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-blobject-wrap
 */
ec_blobject *ec_blobject_wrap(ec_blobject_class *cls, void *object);
