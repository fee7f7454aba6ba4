/* C functions of ecdict.h. */

/**
 * Sets a key of a dictionary.
 *
 * @param a The dictionary; it is changed in place.
 * @param key The key; a value that it had is replaced.
 * @param val The value, always text.
 * @nilcrash a, key, val
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-dict-add-key-value
 */
void dict_add_key_value(ECDict a, const char *key, const char *val);

/**
 * Makes an empty dictionary.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-blank
 */
ECDict dict_blank(void);

/**
 * Frees a dictionary.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-drop
 */
void dict_drop(ECDict a);

/**
 * Makes an iterator over a dictionary and returns it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-iter
 */
ECDict_Iterator dict_iter(ECDict a);

/**
 * Makes an iterator over a dictionary.
 *
 * @param a The dictionary.
 * @out i
 * @result userdata The iterator, for `dict_next`. Free it with `dict_iter2_free`.
 * @nilcrash a
 * @trap A dictionary field may be nil, as `attrs` of a URL without parameters is: check it first.
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-dict-iter-2
 */
void dict_iter2(ECDict a, ECDict_Iterator **i);

/**
 * Frees an iterator that `dict_iter2` made.
 *
 * @param a The dictionary.
 * @param i The iterator; not to be used any more.
 * @nilcrash a, i
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-dict-iter-2-free
 */
void dict_iter2_free(ECDict a, ECDict_Iterator *i);

/**
 * Removes a key from a dictionary.
 *
 * @param a The dictionary; it is changed in place.
 * @param b The key.
 * @result integer Says whether the key was there; the number 0 is true in Lua.
 * @nilcrash a, b
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-dict-key-delete
 */
int dict_key_delete(ECDict a, const char *b);

/**
 * Says whether a dictionary has a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-key-exists
 */
int dict_key_exists(ECDict a, const char *b);

/**
 * Says whether a dictionary has a key and gives its value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-key-exists-and-fetch
 */
int dict_key_exists_and_fetch(ECDict a, const char *key, const char **value);

/**
 * Fetches the next key and value of a dictionary.
 *
 * @param a The dictionary.
 * @param i The iterator from `dict_iter2`.
 * @out key
 * @out val
 * @result 0 There is no further key; the other two results mean nothing.
 * @nilcrash a, i
 * @trap Returns three values in Lua: the status, the key and its value. The status 0 is true in Lua: compare
 * it.
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-dict-next
 */
int dict_next(ECDict a, ECDict_Iterator *i, const char **key, const char **val);

/**
 * Writes a dictionary in a form for disk or network.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-serialize
 */
int dict_serialize(ECDict d, ec_string *dest);

/**
 * Reads a dictionary that `dict_serialize` wrote.
 *
 * @thread any
 * @page momentum/3/3-api/apis-dict-unserialize
 */
ECDict dict_unserialize(ec_string *str);
