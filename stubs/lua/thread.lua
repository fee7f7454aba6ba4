---@meta thread

--- Locks between the server's threads. `require("thread")` also sets the global `thread`.
---@class thread
---@global
---@page momentum/4/lua/ref-thread-mutex
thread = {}

-- Kinds of lock.

--- Locking it twice in one thread waits for ever.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_NORMAL = nil

--- One thread may lock it several times, and unlocks it as often.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_RECURSIVE = nil

--- Locking it twice in one thread, or unlocking another thread's lock, is an error.
---@type integer
---@constant thread.mutex_type
---@since 3=3.2 4=4.0
---@page momentum/4/lua/ref-thread-mutex
thread.MUTEX_ERRORCHECK = nil

--- Makes a lock. Keep it in a global, or in an upvalue that all threads share.
---@param type? thread.mutex_type `MUTEX_ERRORCHECK` when left out.
---@return mutex lock
---@requires thread
---@phase any
---@since 3=3.2 4=4.0
---@correction The page names `MUTEX_NORMAL` as the default; the engine's source has `MUTEX_ERRORCHECK`.
---@raises `type` is none of the three
---@trap `type` is one of `thread.MUTEX_NORMAL`, `thread.MUTEX_RECURSIVE` and `thread.MUTEX_ERRORCHECK`.
---@fidelity modelled
---@page momentum/4/lua/ref-thread-mutex
function thread.mutex(type) end

--- Runs a function on a new thread of the operating system.
---@param f fun(self: os_thread) Gets the thread itself. What it raises is lost but for a line on standard output.
---@return os_thread thread
---@requires thread
---@nilcrash f
---@raises `f` is not a function, or the system gives no thread
---@undocumented
---@trap The server's functions expect its own threads: for work in the background use `msys.runInPool`.
---@fidelity modelled
function thread.create(f) end

--- Lets the thread sleep.
---@param seconds integer
---@return integer left Seconds that were left when a signal ended the sleep, else 0.
---@requires thread
---@nilcrash seconds
---@undocumented
---@blocking
---@trap The thread does nothing else meanwhile: `msys.sleep` lets it go on with other work.
---@fidelity modelled
function thread.sleep(seconds) end
