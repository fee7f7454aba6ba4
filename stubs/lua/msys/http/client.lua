---@meta msys.http.client

--- HTTP requests from policy, by libcurl.
---@class msys.http.client
---@page momentum/4/lua/ref-msys-http-client-new
msys.http.client = {}

--- Makes a client. It can be used for several requests, one after another.
---@return http_client client
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-http-client-new
function msys.http.client.new() end
