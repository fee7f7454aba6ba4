---@meta socket

--- Plain TCP over IPv4, made for the engine's own tests. Momentum's pages do not know it.
---@class socket
---@global
---@undocumented
---@trap Reading and accepting block the thread: it is not for policy.
socket = {}

--- Makes a socket.
---@return socket_tcp? tcp nil when it cannot be made.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@fidelity recorded
function socket.tcp() end
