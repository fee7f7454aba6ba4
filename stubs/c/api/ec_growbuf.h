/* C functions of ec_growbuf.h. */

/**
 * Writes a debugging line when level and mask are enabled.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-debug-printf
 */
int ec_debug_printf(int level, int mask, const char *s, ...);

/**
 * Gives the current piece of a growing buffer and returns its length.
 *
 * @page momentum/3/3-api/apis-ec-growbuf-io-cur-chunk
 */
int ec_growbuf_io_cur_chunk(io_object *io, char **outbuf);

/**
 * Gives the next piece of a growing buffer and returns its length.
 *
 * @page momentum/3/3-api/apis-ec-growbuf-io-next-chunk
 */
int ec_growbuf_io_next_chunk(io_object *io, char **outbuf);

/**
 * Opens a handle on a new growing buffer in memory.
 *
 * @page momentum/3/3-api/apis-ec-growbuf-io-open
 */
io_object *ec_growbuf_io_open(size_t size);

/**
 * Frees a line reader.
 *
 * @thread any
 * @page momentum/3/3-api/apis-minimal-tryread-construct-free
 */
void minimal_tryread_construct_free(minimal_tryread_construct *mtc);

/**
 * Reads from an event until a text appears.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-tryread-until
 */
int tryread_until(Event *event, int *needmask, minimal_tryread_construct *mtc, const char *until);

/**
 * Writes bytes to an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-trywrite
 */
int trywrite(Event *event, const char *buffer, int buflen);

/**
 * Writes formatted text to an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-trywritef
 */
int trywritef(Event *event, const char *buffer, ...);
