/* C functions of skiplist.h. */

/**
 * Frees a skip list.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-destruct
 */
void *sl_destruct(Skiplist *sl, FreeFunc myfree);

/**
 * Finds a node by key and returns its value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-find
 */
void *sl_find(Skiplist *sl, const void *key, skiplistnode **iter);

/**
 * Returns the first node.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-getlist
 */
skiplistnode *sl_getlist(Skiplist *sl);

/**
 * Prepares a skip list.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-init
 */
void *sl_init(Skiplist *sl);

/**
 * Inserts a value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-insert
 */
void *sl_insert(Skiplist *sl, void *data);

/**
 * Goes to the next node and returns its value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-next
 */
void *sl_next(Skiplist *sl, skiplistnode **iter);

/**
 * Goes to the previous node and returns its value.
 *
 * @page momentum/3/3-api/apis-sl-previous
 */
void *sl_previous(Skiplist *sl, skiplistnode **iter);

/**
 * Removes the node with a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-remove
 */
int sl_remove(Skiplist *sl, const void *key, FreeFunc myfree);

/**
 * Sets the functions that order a skip list.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sl-setcompare
 */
void sl_set_compare(Skiplist *sl, SkiplistComparator comp, SkiplistComparator compk);

/**
 * Removes a node.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sli-remove
 */
int sli_remove(Skiplist *sl, skiplistnode *m, FreeFunc myfree);
