/* C functions of misc/ec_ptr_array.h. */

/**
 * Appends to an array.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-ptr-array-append
 */
int ec_ptr_array_append(ec_ptr_array *array, void *element);

/**
 * Frees an array.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-ptr-array-destroy
 */
void ec_ptr_array_destroy(ec_ptr_array *array);

/**
 * Returns an element of an array that may have gaps.
 *
 * @page momentum/3/3-api/apis-ec-ptr-array-get
 */
void *ec_ptr_array_get(ec_ptr_array *array, int slot);

/**
 * Prepares an array.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-ptr-array-init
 */
int ec_ptr_array_init(ec_ptr_array *array, int prealloc_size, ec_ptr_array_free_func free_func);

/**
 * Sets an element of an array that may have gaps.
 *
 * @page momentum/3/3-api/apis-ec-ptr-array-insert
 */
int ec_ptr_array_insert(ec_ptr_array *array, int slot, void *elt);

/**
 * Removes an element and closes the gap.
 *
 * @page momentum/3/3-api/apis-ec-ptr-array-remove
 */
void ec_ptr_array_remove(ec_ptr_array *array, int slot);

/**
 * Puts an element in front and moves the others.
 *
 * @page momentum/3/3-api/apis-ec-ptr-array-unshift
 */
int ec_ptr_array_unshift(ec_ptr_array *array, void *elt);
