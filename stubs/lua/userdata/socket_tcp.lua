---@meta

--- A TCP socket, from `socket.tcp`.
---@class socket_tcp
---@receiver tcp
---@undocumented
local socket_tcp = {}

--- Bytes that were read: `tostring` gives them, `#` counts them. None are the end of the stream.
---@class socket_buffer
---@undocumented
local socket_buffer = {}

--- Waits for a connection.
---@return socket_tcp? client nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@blocking
---@fidelity recorded
function socket_tcp:accept() end

--- Binds the socket to an address.
---@param address string IPv4 address.
---@param port? integer 0 to 65535; any when left out.
---@return boolean? ok nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@raises the port is out of range
---@nilcrash address
---@fidelity recorded
function socket_tcp:bind(address, port) end

--- Closes the socket; it is closed too when it is collected.
---@requires socket
---@undocumented
---@fidelity recorded
function socket_tcp:close() end

--- Takes connections from now on.
---@param backlog? integer Connections that may wait; 250 when left out.
---@return boolean? ok nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@fidelity recorded
function socket_tcp:listen(backlog) end

--- Gives the address of the other end, as `IP:port`.
---@return string? name nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@fidelity recorded
function socket_tcp:peername() end

--- Gives the address of this end, as `IP:port` or `*:port`.
---@return string? name nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@fidelity recorded
function socket_tcp:sockname() end

--- Waits for bytes and reads them.
---@param size? integer Bytes at most; 8192 when left out.
---@return socket_buffer? data nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@blocking
---@fidelity recorded
function socket_tcp:read(size) end

--- Sends bytes.
---@param data string|socket_buffer The bytes.
---@param size? integer How many of them; all when left out.
---@return integer? sent How many were sent; nil on failure.
---@return integer? errno
---@return string? error
---@requires socket
---@undocumented
---@nilcrash data
---@blocking
---@fidelity recorded
function socket_tcp:write(data, size) end
