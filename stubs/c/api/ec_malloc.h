/* C functions of ec_malloc.h. */

/**
 * Frees memory of a type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-free
 */
void ec_free(int object_type, void *ptr);

/**
 * Allocates an object of a memory type of fixed size.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-malloc
 */
void *ec_malloc(int object_type);

/**
 * Allocates memory of a type and size.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-malloc-size
 */
void *ec_malloc_size(int object_type, size_t size);

/**
 * Reads the memory use of the process and of every memory type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-mem-get-stats
 */
int ec_mem_get_stats(ec_mem_stats *sysstats, ec_mem_type_usage *usage_by_type, unsigned int nelems);

/**
 * Returns the bytes allocated through the server's allocator.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memory-get-total-allocated
 */
uint64_t ec_memory_get_total_allocated(void);

/**
 * Tells the server that memory is short.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memory-is-low
 */
void ec_memory_is_low(void);

/**
 * Writes an amount of memory with separators.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memory-pretty-mem-amount
 */
char *ec_memory_pretty_mem_amount(char *buf, uint64_t amount);

/**
 * Appends details of the allocator to a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memory-print-allocator-details
 */
void ec_memory_print_allocator_details(ec_string *str, int flags);

/**
 * Returns the number of the memory type with that name.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memtype-by-name
 */
int ec_memtype_by_name(const char *name);

/**
 * Reads the memory use of one memory type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memtype-get-stats
 */
int ec_memtype_get_stats(int object_type, ec_mem_type_usage *usage);

/**
 * Gives the lowest and highest number of a module's memory types.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-memtype-range-by-module
 */
int ec_memtype_range_by_module(const char *module, int *lower, int *upper);

/**
 * Declares a memory type.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-memtype-register
 */
int ec_memtype_register(const mem_type_def *def);

/**
 * Allocates memory of a type; the allocator's own function.
 *
 * @page momentum/3/3-api/apis-ec-mt-alloc
 */
void *ec_mt_alloc(ec_mem_type_def *def, size_t size);

/**
 * Frees memory of a type; the allocator's own function.
 *
 * @page momentum/3/3-api/apis-ec-mt-free
 */
void ec_mt_free(ec_mem_type_def *def, void *ptr, size_t size);

/**
 * Resizes memory of a type; the allocator's own function.
 *
 * @page momentum/3/3-api/apis-ec-mt-realloc
 */
void *ec_mt_realloc(ec_mem_type_def *def, void *old, size_t oldsize, size_t size);

/**
 * Prepares a memory type; the allocator's own function.
 *
 * @page momentum/3/3-api/apis-ec-mt-register
 */
int ec_mt_register(const mem_type_def *def, void **impl_data);

/**
 * Copies a string into memory of a type.
 *
 * @thread any
 * @correction The synopsis names no result type.
 * @page momentum/3/3-api/apis-ec-mt-strdup
 */
char *ec_mt_strdup(int object_type, const char *str);

/**
 * Copies at most `len` bytes of a string into memory of a type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-mt-strndup
 */
char *ec_mt_strndup(int object_type, const char *str, size_t len);

/**
 * Resizes memory of a type.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-realloc
 */
void *ec_realloc(int object_type, void *old, size_t size);
