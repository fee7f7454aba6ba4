/* C functions of rsplay.h. */

/**
 * Returns the last node of a splay tree.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rs-getlist
 */
rsplaynode *rs_getlist(rsplaytree *sl);

/**
 * Goes to the next node of a splay tree and returns its value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-rs-next
 */
void *rs_next(rsplaytree *sl, rsplaynode **iter);
