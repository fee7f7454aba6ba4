/* C functions of ec_thread_pool.h. */

/**
 * Gives a job to its thread pool.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-queue-async-job
 */
int ec_queue_async_job(ec_async_job *job);

/**
 * Lets a thread pool end threads that it no longer needs.
 *
 * @page momentum/3/3-api/apis-ec-thread-pool-auto-shrink
 */
void ec_thread_pool_auto_shrink(int jobclass);

/**
 * Returns how many thread pools there are.
 *
 * @page momentum/3/3-api/apis-ec-thread-pool-count
 */
int ec_thread_pool_count(void);

/**
 * Makes a thread pool for a module.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-thread-pool-create-module
 */
int ec_thread_pool_create_module(
    generic_module_infrastructure *self, const char *type, int concurrency, size_t stack_size,
    size_t max_queue_len);

/**
 * Makes a thread pool start its threads only when needed.
 *
 * @page momentum/3/3-api/apis-ec-thread-pool-defer-spawn
 */
void ec_thread_pool_defer_spawn(int jobclass, int defer);

/**
 * Sets how many jobs may wait for a thread pool.
 *
 * @page momentum/3/3-api/apis-ec-thread-pool-set-backlog
 */
int ec_thread_pool_set_backlog(int jobclass, size_t backlog);

/**
 * Sets the stack size of a thread pool's threads, in bytes.
 *
 * @page momentum/3/3-api/apis-ec-thread-pool-set-stack-size
 */
int ec_thread_pool_set_stack_size(int jobclass, size_t size);

/**
 * Ends the current thread pool.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-thread-pool-shutdown
 */
void ec_thread_pool_shutdown(void);
