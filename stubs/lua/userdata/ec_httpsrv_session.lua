---@meta

--- An HTTP request to the server, as an endpoint of `msys.httpsrv.register` gets it. `msys.extended.httpsrv` brings
--- its methods.
---@class ec_httpsrv_session
---@receiver session
---@page momentum/3/3-api/structs-ec-httpsrv-session
local ec_httpsrv_session = {}

--- Gives the address that was asked for.
---@return ec_url_details url_details `url` is the address; `attrs` the dictionary of its parameters, or nil.
---@requires msys.extended.httpsrv
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-session-request-url-get
function ec_httpsrv_session:request_url_get() end

--- Sets status and body of the answer.
---@param code integer HTTP status, such as 200.
---@param message string The body.
---@param mimetype? string MIME type of the body, such as `text/plain`.
---@requires msys.extended.httpsrv
---@since 4=4.0
---@nilcrash code, message
---@fidelity modelled
---@page momentum/4/lua/ref-session-response-status-set-std
function ec_httpsrv_session:response_status_set_std(code, message, mimetype) end
