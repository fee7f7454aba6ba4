/* C functions of misc/ec_double_list.h. */

/**
 * Calls a function for every element of a list.
 *
 * @page momentum/3/3-api/apis-ec-double-list-apply
 */
void ec_double_list_apply(ec_double_list *list, ECListApplyFunc f, void *udata);

/**
 * Frees a list.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-double-list-destroy
 */
void ec_double_list_destroy(ec_double_list *list);

/**
 * Prepares a list, with or without a lock.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-double-list-init
 */
int ec_double_list_init(ec_double_list *list, int ts);

/**
 * Takes the last element off a list.
 *
 * @page momentum/3/3-api/apis-ec-double-list-pop
 */
void *ec_double_list_pop(ec_double_list *list);

/**
 * Puts an element at the end of a list.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-double-list-push
 */
void ec_double_list_push(ec_double_list *list, void *data);

/**
 * Removes every element that is the given pointer.
 *
 * @page momentum/3/3-api/apis-ec-double-list-remove
 */
int ec_double_list_remove(ec_double_list *list, void *data);

/**
 * Takes the first element off a list.
 *
 * @param list The list; the element is removed from it.
 * @result userdata The element, without a type: `msys.cast` gives it one.
 * @result nil The list is empty.
 * @nilcrash list
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-ec-double-list-shift
 */
void *ec_double_list_shift(ec_double_list *list);

/**
 * Puts an element at the front of a list.
 *
 * @page momentum/3/3-api/apis-ec-double-list-unshift
 */
void ec_double_list_unshift(ec_double_list *list, void *data);
