/* Handles on files, memory and streams. */

/**
 * An open handle on a file, a piece of memory or a stream. Use the `io` methods.
 *
 * @receiver io
 * @page momentum/3/3-api/structs-io-object
 */
struct io_object {
    /** Functions of its kind. */
    io_wrapper *methods;
    /** Number of holders. */
    ec_atomic_t ref;
    /** Kind of resource, such as `file` or `jlog`. */
    char *scheme;
    /** Path of the resource. */
    char *path;
    /** Permission bits with which it was opened. */
    int mode;
    /** Flags with which it was opened (`O_…`). */
    int options;
    /** What the kind of resource needs. */
    union {
        /** File descriptor. */
        int fd;
        /** State of a kind other than files. */
        void *handle;
        /** A resource in memory. */
        struct {
            /** Memory that is read from. */
            io_mem *memory;
            /** Position in the memory, in bytes. */
            off_t pos;
            /** File descriptor that sendfile may use. */
            int fd_for_sendfile;
        } mem;
    } io;
    /** C function that is called when the handle goes away. */
    void (*on_destroy)(io_object *io);
    /** Value of the handle's user. */
    void *app_closure;
    /** Buffer of bytes that were read ahead. */
    ec_string *readbuf;
    /** Position in that buffer. */
    int readbufpos;
    /** Dictionary that the handle was opened with. */
    ECDict context;
};

/**
 * Memory behind a handle.
 *
 * @page momentum/3/3-api/structs-io-object
 */
struct io_mem {
    char *buf;
    size_t len;
    int memtype;
    ec_atomic_t ref;
};

/**
 * A kind of resource, with the functions that implement it. For C modules; Lua only passes it on.
 *
 * @receiver wrapper
 * @page momentum/3/3-api/structs-io-wrapper
 */
struct io_wrapper {
    /** Size of this structure in bytes. */
    size_t sizeof_self;
    /** Opens a resource. */
    int (*open)(io_object *io, const char *filename, int options, int mode);
    /** Writes bytes. */
    ssize_t (*write)(io_object *io, const char *buf, size_t nbytes);
    /** Writes several pieces. */
    ssize_t (*writev)(io_object *io, const struct iovec *iov, int iovcnt);
    /** Reads bytes. */
    ssize_t (*read)(io_object *io, void *buf, size_t nbytes);
    /** Reads into several pieces. */
    ssize_t (*readv)(io_object *io, const struct iovec *iov, int iovcnt);
    /** Closes the resource. */
    int (*close)(io_object *io);
    /** Closes and opens it again, after a log was rotated. */
    int (*reopen)(io_object *io);
    /** Writes out what is buffered. */
    int (*flush)(io_object *io);
    /** Moves the position. */
    off_t (*lseek)(io_object *io, off_t offset, int whence);
    /** 1 when it can work without blocking. */
    int (*supports_nonblocking)(io_object *io);
    /** File descriptor to wait on. */
    int (*pollable_fd)(io_object *io);
    /** Name of the kind. */
    char *scheme;
    /** Size in bytes. */
    off_t (*get_size)(io_object *io);
    /** Opens an independent handle on the same resource; since 2.2.1.24. */
    io_object *(*cloner)(io_object *io);
};

/**
 * A read that a thread pool does.
 *
 * @page momentum/3/3-api/structs-io-wrapper
 */
struct io_job {
    ec_async_job job;
    const char *filename;
    ec_string *buffer;
    int errorcode;
    enum _io_job_status status;
};

/**
 * Space on a file system. Read only.
 *
 * @receiver statvfs
 * @page momentum/3/3-api/structs-ec-statvfs
 */
struct ec_statvfs {
    /** Version of this structure. */
    unsigned int version;
    /** Size in kilobytes. */
    uint64_t kilobytes_total;
    /** Kilobytes free for use. */
    uint64_t kilobytes_available;
    /** Number of files that fit. */
    uint64_t objects_total;
    /** Number of files that can still be created. */
    uint64_t objects_available;
};
