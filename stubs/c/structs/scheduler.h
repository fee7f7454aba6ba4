/* Events, schedulers and thread pools. */

/**
 * Something that the scheduler waits for: a time, or a file descriptor. Passed on to C; read only.
 *
 * @receiver event
 * @page momentum/3/3-api/structs-event
 */
struct Event {
    /** When it is due. */
    struct timeval trigger;
    /** Value of the I/O layer. */
    void *io_data;
    /** Functions that do its I/O. */
    ec_event_io_opset *io_opset;
    /** How eagerly more I/O is tried before going back to the loop. */
    int aggressive : 4;
    /** 1 when it is traced. */
    int trace : 1;
    /** Unused bits. */
    int unused : 27;
    /** Conditions that it waits for. */
    int mask;
    /** File descriptor; below 0 for a timed event. */
    int fd;
    /** C function that is called. */
    EventFunc callback;
    /** Value that the function is given. */
    void *closure;
    /** Thread that runs it. */
    pthread_t scheduled_thread;
};

/**
 * Functions that do the I/O of an event.
 *
 * @page momentum/3/3-api/structs-event
 */
struct ec_event_io_opset {
    AcceptFunc event_accept;
    ReadFunc event_read;
    WriteFunc event_write;
    CloseFunc event_close;
    SendFileFunc event_sendfile;
};

/**
 * Progress of a read or write.
 *
 * @page momentum/3/3-api/structs-event-io-state
 */
struct event_io_state {
    char *buf;
    int optype;
    int buflen;
    int bufsize;
    int offset;
    /** Which conditions the scheduler has to watch for. */
    int needmask;
};

/**
 * A scheduler: an event loop with its thread. Read only.
 *
 * @receiver inst
 * @page momentum/3/3-api/structs-ec-scheduler-inst
 */
struct ec_scheduler_inst {
    /** Functions of the scheduler. */
    ec_scheduler_impl *impl;
    /** Value that belongs to them. */
    void *closure;
    /** 1 for the main event loop. */
    int master_scheduler;
    /** Configuration that the loop uses. */
    ec_config_header *cached_cfghdr;
    /** When that was taken. */
    struct timeval cached_cfghdr_updated;
    /** Functions that run in every turn of the loop. */
    sch_recurrent_list *scheduler_recurrent_functions;
    /** 1 when the queue below is ready. */
    int fifo_initialized;
    /** Events that other threads handed over. */
    ck_fifo_spsc_t pending;
    /**
     * Not a member: the word that aligns `pending` to a cache line.
     * @correction The documentation's listing names it where the member's name is expected.
     */
    ck_fifo_spsc_t CK_CC_CACHELINE;
    /** Number of such events. */
    ec_atomic64_t num_pending;
    /** Most such events so far. */
    int max_pending;
    /** Time at which the current turn began. */
    struct timeval now;
    /** Number of events scheduled so far. */
    ec_atomic64_t events_scheduled;
};

/**
 * Functions of a scheduler.
 *
 * @page momentum/3/3-api/structs-ec-scheduler-inst
 */
struct ec_scheduler_impl;

/**
 * A function that runs in every turn of the event loop.
 *
 * @page momentum/3/3-api/structs-ec-scheduler-inst
 */
struct sch_recurrent_list {
    RecurFunc tocall;
    void *closure;
    sch_recurrent_list *next;
};

/**
 * Work that a thread pool does, and how its end is told.
 *
 * @page momentum/3/3-api/structs-ec-async-job
 */
struct ec_async_job {
    ec_async_job *next;
    /**
     * What happens when the work is done: nothing, an event is scheduled, a validation goes on, a function
     * is called.
     */
    enum _ec_thread_pool_job_completion completion;
    /** Number of the thread pool. */
    int job_class;
    /** Limits how many such jobs run at once; may be NULL. */
    sem_t *concurrency;
    /** The function that does the work. */
    ec_thread_pool_work_func worker;
    void *closure;
    /** What the completion needs. */
    union {
        struct {
            Event *event;
            int mask;
        } e;
        validate_context *ctx;
        ec_scheduler_inst *inst;
        struct {
            ec_thread_pool_completion_func func;
            void *closure;
            ec_scheduler_inst *inst;
        } cb;
        sem_t *sema;
    } r;
    /** Memory type with which the job is freed after completion. */
    int free_on_completion_memtype;
    /** 1 to leave the completion out. */
    unsigned skip_completion : 1;
    /** 1 to leave the work out when the server is going down. */
    unsigned skip_on_shutdown : 1;
    unsigned _spare_bits : 30;
    const char *file;
    int line;
};
