---@meta msys.threadpool

--- The server's thread pools.
---@class msys.threadpool
---@page momentum/4/lua/ref-msys-threadpool-stat
msys.threadpool = {}

--- State of a thread pool. `print` shows it well.
---@class msys.threadpool.statistics
---@field name string Name of the pool.
---@field invocations integer Jobs that it ran.
---@field avg_concurrency number Jobs that ran at once, on average.
---@field saturation number How far it is used.
---@field avg_wallclock_time_per_op number Time that a job takes, on average.
---@field queue_sz integer Jobs that its queue holds.
---@field num_threads integer Threads.
---@field num_active_threads integer Threads that work.
---@field num_inactive_threads integer Threads that wait.
---@field job_num_queued integer Jobs that wait.
---@field job_num_running integer Jobs that run.

--- Counts the pools.
---@return integer count
---@requires msys.threadpool
---@phase any
---@since 3=3.2 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-threadpool-count
function msys.threadpool.count() end

--- Gives the name of a job class's pool, or the job class of a pool's name.
---@param threadpoolname_or_jobclassid integer|string Job class, or name such as `SWAPIN`.
---@return string|integer|nil found A name for a number and a number for a name; nil when there is none.
---@overload fun(jobclassid: integer): string?
---@overload fun(threadpoolname: string): integer?
---@requires msys.threadpool
---@phase any
---@since 3=3.2 4=4.0
---@nilcrash threadpoolname_or_jobclassid
---@fidelity modelled
---@page momentum/4/lua/ref-msys-threadpool-find
function msys.threadpool.find(threadpoolname_or_jobclassid) end

--- Gives the state of a pool.
---@param threadpoolname_or_jobclassid integer|string Job class, or name such as `SWAPIN`.
---@return msys.threadpool.statistics? statistics nil when there is no such pool.
---@requires msys.threadpool
---@phase any
---@since 3=3.2 4=4.0
---@nilcrash threadpoolname_or_jobclassid
---@trap It is safe on the scheduler thread alone.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-threadpool-stat
function msys.threadpool.stat(threadpoolname_or_jobclassid) end
