/* C functions of misc/suffix_tree.h. */

/**
 * Appends the next suffix of a tree to a string.
 *
 * @page momentum/3/3-api/apis-suffix-tree-stringprint-next
 */
int suffix_tree_stringprint_next(ec_string *r, ec_suffix_tree *t, void **iter);
