---@meta msys.httpsrv

--- Lua functions as endpoints of the server's HTTP listener.
---@class msys.httpsrv
---@page momentum/4/lua/ref-msys-httpsrv-register
msys.httpsrv = {}

-- What an endpoint returns.

--- The request is dealt with; without a status of its own it gets the standard answer.
---@type integer
---@constant msys.httpsrv.result
---@since 4=4.0
---@page momentum/4/lua/ref-session-request-url-get
msys.httpsrv.DONE = nil

--- Registers a function for a path.
---@param method string? `GET`, `POST`, `PUT`, `DELETE` or another method; nil for all.
---@param endpoint string Beginning of the path; a slash at its end makes no difference.
---@param function_name fun(session: ec_httpsrv_session): msys.httpsrv.result? The function; it may return `msys.httpsrv.DONE` or nothing.
---@requires msys.httpsrv
---@since 4=4.0
---@nilcrash endpoint, function_name
---@trap The function itself is given, not its name.
---@trap nil as the method stands for all methods.
---@trap Register in `rsrc_setup` rather than at the top level: it fits configuration reloads.
---@correction The page types `function_name` as a string; its examples give the function.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-httpsrv-register
function msys.httpsrv.register(method, endpoint, function_name) end
