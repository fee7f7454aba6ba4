---@meta

--- An HTTP exchange of a delivery, as `http_request_eval` and `http_response_eval` get it. `msys.httpclnt` brings its
--- methods; after changes, `request_finalize` must be called.
---@class http_session
---@receiver sess
---@page momentum/3/3-api/structs-http-session
local http_session = {}

--- Sets a header of the request.
---@param header string Name of the header.
---@param value string|integer Its value.
---@param replace 0|1 1 replaces a header of that name, 0 adds one more.
---@requires msys.httpclnt
---@phase http_request_eval
---@callout http_request_eval
---@since 3=3.6 4=4.0
---@nilcrash header, value, replace
---@mutates request_finalize
---@trap Nothing takes effect before `sess:request_finalize`.
---@trap `replace` is the number 1 or 0.
---@correction The page types `replace` as a boolean and then asks for 1 or 0.
---@fidelity recorded
---@page momentum/4/lua/ref-sess-request-add-header
function http_session:request_add_header(header, value, replace) end

--- Removes a header of the request.
---@param header string Name of the header.
---@return 0|1 deleted 1 when it was there, 0 when not.
---@requires msys.httpclnt
---@phase http_request_eval
---@callout http_request_eval
---@since 3=3.6 4=4.0
---@nilcrash header
---@mutates request_finalize
---@trap Nothing takes effect before `sess:request_finalize`.
---@trap The synopsis spells it with two underscores; the name has one.
---@trap The result is a number, and 0 counts as true in Lua: compare it with 1.
---@correction The synopsis spells it `request__delete_header`.
---@fidelity recorded
---@page momentum/4/lua/ref-sess-request-delete-header
function http_session:request_delete_header(header) end

--- Puts changes to the request into effect.
---@param update 0|1 1 when something that was there changed, 0 when something new came.
---@requires msys.httpclnt
---@phase http_request_eval
---@callout http_request_eval
---@since 3=3.6 4=4.0
---@nilcrash update
---@trap `update` is the number 1 or 0.
---@correction The page types `update` as a boolean and then asks for 1 or 0.
---@fidelity recorded
---@page momentum/4/lua/ref-sess-request-finalize
function http_session:request_finalize(update) end

--- Sets the body of the request.
---@param request string The body, a JSON text.
---@requires msys.httpclnt
---@phase http_request_eval
---@callout http_request_eval
---@since 3=3.6 4=4.0
---@nilcrash request
---@mutates request_finalize
---@trap Nothing takes effect before `sess:request_finalize`, and `Content-Length` is yours to set.
---@trap It takes a text: a JSON object needs `tostring` first.
---@fidelity recorded
---@page momentum/4/lua/ref-sess-request-set-body
function http_session:request_set_body(request) end
