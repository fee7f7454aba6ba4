/* Memory. */

/**
 * Defines a memory type. Its members are not documented.
 *
 * @page momentum/3/3-api/structs-ec-mem-type-def
 */
struct ec_mem_type_def;

/**
 * Memory use of the process.
 *
 * @page momentum/3/3-api/structs-ec-mem-stats
 */
struct ec_mem_stats {
    /** Bytes allocated through the server's own allocator. */
    uint64_t total_allocated;
    /** Resident set size in bytes, as the system reports it. */
    uint64_t system_rss;
    /** Physical memory of the machine in bytes. */
    uint64_t physmem;
};

/**
 * Memory use of one memory type.
 *
 * @page momentum/3/3-api/structs-ec-mem-type-usage
 */
struct ec_mem_type_usage {
    /** Number of the memory type. */
    int object_type;
    /** Its label. */
    const char *memtype_description;
    /** Number of allocations. */
    uint64_t allocations;
    /** Highest use so far: objects for a type of fixed size, bytes otherwise. */
    uint64_t peak;
    /** Bytes in use. */
    uint64_t current;
    /** Allocations that were served by mmap. */
    uint64_t mmap_allocations;
    /** Most such allocations at one time. */
    uint64_t mmap_peak_allocations;
    /** Most bytes mapped at one time. */
    uint64_t mmap_peak_bytes;
    /** Bytes mapped now. */
    uint64_t mmap_current;
    /** Size in bytes of an object of a type of fixed size. */
    size_t object_size;
};
