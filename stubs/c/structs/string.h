/* The byte string that C and Lua share. */

/**
 * A growing byte string that C and Lua share. Compare it after `tostring`; set it with `:set()`.
 *
 * @receiver str
 * @name string
 * @page momentum/3/3-api/structs-string
 */
struct ec_string {
    /** Length in bytes. */
    int len;
    /** Bytes allocated. */
    int allocd;
    /** The bytes. */
    char *buffer;
    /** How they are stored. */
    int type;
    /** Resource that holds them; nil in memory. */
    io_object *backing;
};
