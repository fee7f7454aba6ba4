/* C functions of io_wrapper.h. */

/**
 * Adds a holder to a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-addref
 */
void io_wrapper_addref(io_object *io);

/**
 * Older form of `io_wrapper_async_destroy`.
 *
 * @deprecated Use `io_wrapper_async_destroy`.
 * @page momentum/3/3-api/apis-io-wrapper-async-close
 */
void io_wrapper_async_close(io_object *io);

/**
 * Releases a handle in the IO thread pool, so that closing does not block the scheduler.
 *
 * @page momentum/3/3-api/apis-io-wrapper-async-destroy
 */
void io_wrapper_async_destroy(io_object *io);

/**
 * Opens an independent handle on the same resource.
 *
 * @page momentum/3/3-api/apis-io-wrapper-clone
 */
io_object *io_wrapper_clone(io_object *io);

/**
 * Older form of `io_wrapper_destroy`.
 *
 * @deprecated Use `io_wrapper_destroy`.
 * @page momentum/3/3-api/apis-io-wrapper-close
 */
int io_wrapper_close(io_object *io);

/**
 * Copies bytes and returns a handle on the copy.
 *
 * @page momentum/3/3-api/apis-io-wrapper-copy-memory
 */
io_object *io_wrapper_copy_memory(const char *blob, size_t len, int memtype);

/**
 * Copies bytes from a handle into a buffer.
 *
 * @page momentum/3/3-api/apis-io-wrapper-copy-to-buffer
 */
int io_wrapper_copy_to_buffer(io_object *io, char *buf, int buflen, int len);

/**
 * Makes a handle of a kind around a value.
 *
 * @page momentum/3/3-api/apis-io-wrapper-create-object
 */
io_object *io_wrapper_create_object(io_wrapper *wrapper, void *handle);

/**
 * Makes a job that reads a whole file.
 *
 * @page momentum/3/3-api/apis-io-wrapper-create-read-job
 */
io_job *io_wrapper_create_read_job(const char *filename);

/**
 * Releases a handle; the last holder closes it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-delref
 */
void io_wrapper_delref(io_object *io);

/**
 * Releases a handle; the last holder closes it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-destroy
 */
void io_wrapper_destroy(io_object *io);

/**
 * Makes a handle for an open file descriptor.
 *
 * @page momentum/3/3-api/apis-io-wrapper-fdopen
 */
io_object *io_wrapper_fdopen(int fd);

/**
 * Writes out what is buffered.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-flush
 */
int io_wrapper_flush(io_object *io);

/**
 * Returns the value that the application attached to a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-get-app-context
 */
void *io_wrapper_get_app_context(io_object *io);

/**
 * Returns the dictionary of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-get-context
 */
ECDict io_wrapper_get_context(io_object *io);

/**
 * Returns the internal value of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-get-handle
 */
void *io_wrapper_get_handle(io_object *io);

/**
 * Returns the permission bits of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-get-mode
 */
int io_wrapper_get_mode(io_object *io);

/**
 * Returns the flags of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-get-options
 */
int io_wrapper_get_options(io_object *io);

/**
 * Returns the path of a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-get-path
 */
const char *io_wrapper_get_path(io_object *io);

/**
 * Returns the scheme of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-get-scheme
 */
const char *io_wrapper_get_scheme(io_object *io);

/**
 * Returns the memory type of a handle in memory, and its bytes.
 *
 * @page momentum/3/3-api/apis-io-wrapper-is-memory-based
 */
int io_wrapper_is_memory_based(io_object *io, char **buf, size_t *len);

/**
 * Returns the kind of resource with that name.
 *
 * @page momentum/3/3-api/apis-io-wrapper-lookup
 */
io_wrapper *io_wrapper_lookup(const char *name);

/**
 * Moves the position of a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-lseek
 */
int io_wrapper_lseek(io_object *io, off_t offset, int whence);

/**
 * As `io_wrapper_open`; makes missing directories when it may create the file.
 *
 * @page momentum/3/3-api/apis-io-wrapper-mkpath-and-open
 */
io_object *io_wrapper_mkpath_and_open(const char *filename, int options, int dirmode, int filemode);

/**
 * Opens a file or other resource.
 *
 * @param filename Path, or a URL such as `jlog:///var/log/ecelerity/bounce.rt=>master`.
 * @param options Flags joined by `|`: `msys.core.O_CREAT`, `O_WRONLY`, `O_APPEND` and so on.
 * @param mode Permission bits of a new file, such as 0660: octal in this dialect.
 * @result io_object The handle; it closes when it is collected.
 * @result nil It could not be opened.
 * @nilcrash filename
 * @blocking
 * @since 3=3.3 4=4.0
 * @trap Reading and writing block: do it in `msys.runInPool("IO", …)`.
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-io-wrapper-open
 */
io_object *io_wrapper_open(const char *filename, int options, int mode);

/**
 * As `io_wrapper_open`, with a dictionary of further settings.
 *
 * @page momentum/3/3-api/apis-io-wrapper-open-2
 */
io_object *io_wrapper_open2(const char *filename, int options, int mode, ECDict context);

/**
 * Opens memory for reading.
 *
 * @page momentum/3/3-api/apis-io-wrapper-open-memory
 */
io_object *io_wrapper_open_memory(const char *blob, size_t len, int memtype);

/**
 * Makes a temporary file in the spool.
 *
 * @page momentum/3/3-api/apis-io-wrapper-open-tmpspool
 */
io_object *io_wrapper_open_tmpspool(void);

/**
 * Writes formatted text to a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-printf
 */
ssize_t io_wrapper_printf(io_object *io, const char *format);

/**
 * Reads bytes from a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-read
 */
int io_wrapper_read(io_object *io, void *buf, int nbytes);

/**
 * Attaches a value to a handle, with a function that frees it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-set-app-context-and-dtor
 */
void io_wrapper_set_app_context_and_dtor(io_object *io, void *context, void (*on_destroy)(io_object *io));

/**
 * Sets the dictionary of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-set-context
 */
void io_wrapper_set_context(io_object *io, ECDict ctx);

/**
 * Sets the internal value of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-set-handle
 */
void io_wrapper_set_handle(io_object *io, void *handle);

/**
 * Sets the path of a handle.
 *
 * @thread any
 * @page momentum/3/3-api/apis-io-wrapper-set-path
 */
void io_wrapper_set_path(io_object *io, const char *path);

/**
 * Sets the scheme of a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-set-scheme
 */
void io_wrapper_set_scheme(io_object *io, const char *scheme);

/**
 * Says whether a handle can move its position.
 *
 * @page momentum/3/3-api/apis-io-wrapper-supports-lseek
 */
int io_wrapper_supports_lseek(io_object *io);

/**
 * Writes formatted text to a handle.
 *
 * @page momentum/3/3-api/apis-io-wrapper-vprintf
 */
ssize_t io_wrapper_vprintf(io_object *io, const char *format, va_list ap);

/**
 * Writes several pieces to a handle.
 *
 * @thread any
 * @correction The synopsis names no result type.
 * @page momentum/3/3-api/apis-io-wrapper-writev
 */
ssize_t io_wrapper_writev(io_object *io, const struct iovec *iov, int iovcnt);
