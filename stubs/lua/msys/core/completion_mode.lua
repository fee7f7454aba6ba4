---@meta msys.core

-- How a job of a thread pool tells that it is done. `msys.runInPool` heeds `ECTP_COMPLETE_CALLBACK_SCHED` alone.

---@class msys.core
msys.core = {}

--- Calls the completion function in the thread of the pool. What `msys.runInPool` does unless told otherwise.
---@type integer
---@constant completion_mode
---@page momentum/4/lua/ref-msys-runinpool
msys.core.ECTP_COMPLETE_CALLBACK = nil

--- Calls the completion function in the scheduler thread.
---@type integer
---@constant completion_mode
---@page momentum/4/lua/ref-msys-runinpool
msys.core.ECTP_COMPLETE_CALLBACK_SCHED = nil

--- Calls the completion function in a given event loop. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_CALLBACK_SCHED_INST`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_CALLBACK_SCHED_INST = nil

--- Puts an event back on the schedule. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_EVENT`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_EVENT = nil

--- Puts an event back on the schedule of a given event loop. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_EVENT_INST`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_EVENT_INST = nil

--- Lets a validation module go on that waited for the job. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_MODULE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_MODULE = nil

--- Tells nobody. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_NONE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_NONE = nil

--- Posts to a semaphore. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_SEMAPHORE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_SEMAPHORE = nil

--- Runs the job synchronously. For jobs of C modules.
---@type integer
---@constant completion_mode
---@trap No page writes it as `msys.core.ECTP_COMPLETE_SYNC`: the name in Lua follows from the C name.
---@page momentum/3/3-api/structs-ec-async-job
msys.core.ECTP_COMPLETE_SYNC = nil
