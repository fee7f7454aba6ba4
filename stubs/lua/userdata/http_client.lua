---@meta

--- An HTTP client, from `msys.http.client.new`: set headers and timeout, send a request, then read what came back.
---@class http_client
---@receiver client
---@page momentum/4/lua/ref-msys-http-client-new
local http_client = {}

--- HTTP methods that a client can send.
---@alias http_client.method "GET"|"POST"|"PUT"|"DELETE"

--- Sends a request and waits for the answer.
---@param type http_client.method
---@param url string Where to.
---@param data? string Body; may be left out for `GET` only.
---@return unknown result Not documented; read `get_status` for the outcome.
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@nilcrash type, url
---@blocking
---@trap No other method than `GET`, `POST`, `PUT` and `DELETE` is known.
---@trap Only `GET` does without `data`.
---@trap It waits for the remote server: set a timeout, and call it in a thread pool.
---@fidelity fixture
---@page momentum/4/lua/ref-client-do-request
function http_client:do_request(type, url, data) end

--- Gives the body of the last answer.
---@return string body
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@fidelity fixture
---@page momentum/4/lua/ref-client-get-body
function http_client:get_body() end

--- Gives the headers of the last answer as they came, for `parse_headers`.
---@return table headers
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@fidelity fixture
---@page momentum/4/lua/ref-client-get-headers
function http_client:get_headers() end

--- Gives the status of the last answer.
---@return integer code The HTTP status, such as 200.
---@return string description The status in words.
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@fidelity fixture
---@page momentum/4/lua/ref-client-get-status
function http_client:get_status() end

--- Takes the headers apart: `client:parse_headers(client:get_headers())`.
---@param headers table What `get_headers` gave.
---@return table<string, string> headers Value by name of the header.
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@nilcrash headers
---@fidelity modelled
---@page momentum/4/lua/ref-client-parse-headers
function http_client:parse_headers(headers) end

--- Adds a header to the requests that follow.
---@param header? string The whole line, as `Content-Type: text/xml`; left out, all headers set so far are dropped.
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@trap One header a call; a call without a header drops them all.
---@fidelity modelled
---@page momentum/4/lua/ref-client-set-header
function http_client:set_header(header) end

--- Sets how long a request may take.
---@param number? integer The time (the page gives no unit; libcurl counts it in seconds); left out, there is no limit.
---@requires msys.http.client
---@phase any
---@since 3=3.5 4=4.0
---@trap A call without a number takes the limit away.
---@fidelity modelled
---@page momentum/4/lua/ref-client-set-timeout
function http_client:set_timeout(number) end
