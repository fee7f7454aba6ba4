---@meta msys.os

--- How full file systems are, measured in the background so that no thread waits.
---@class msys.os
---@page momentum/4/lua/ref-msys-os-statvfs-read
msys.os = {}

--- A subscription, from `msys.os.statvfs_subscribe`.
---@class msys.os.statvfs_record

--- Has a file system measured again and again. Of several subscriptions to one path, the shortest interval counts.
---@param path string A path in the file system.
---@param interval integer Seconds between two measurements; 0 takes the server's default.
---@return msys.os.statvfs_record? record What `msys.os.statvfs_read` reads; nil when there is no memory.
---@requires msys.os
---@phase any
---@since 3=3.2 4=4.0
---@nilcrash path, interval
---@fidelity fixture
---@page momentum/4/lua/ref-msys-os-statvfs-subscribe
function msys.os.statvfs_subscribe(path, interval) end

--- Gives the latest measurement of a subscription. Safe on any thread.
---@param path msys.os.statvfs_record The subscription, as the example has it (the page types it as the path).
---@return ec_statvfs? snapshot Kilobytes and objects, total and available; nil when there is none.
---@return string? error Why there is none.
---@requires msys.os
---@phase any
---@since 3=3.2 4=4.0
---@nilcrash path
---@trap Subscribe first: without a subscription there is nothing to read.
---@correction The page types the parameter as a string; its example gives the record of `msys.os.statvfs_subscribe`.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-os-statvfs-read
function msys.os.statvfs_read(path) end
