---@meta

--- An object for transfers, from `curl.new`: set options, then perform.
---@class curl_handle
---@receiver c
---@page momentum/4/lua/ref-curl-new
local curl_handle = {}

--- Closes the object and frees what belongs to it; it is closed too when it is collected.
---@requires curl
---@since 4=4.0
---@trap Any use of the object afterwards raises, but for another `c:close`.
---@fidelity modelled
---@page momentum/4/lua/ref-curl-c-close
function curl_handle:close() end

--- Makes the transfer and waits for its end.
---@return true? ok nil on failure.
---@return string? error What failed.
---@return integer? code A `curl.error_code`; after `c:fetch_into_file`, an HTTP status other than 200.
---@requires curl
---@since 4=4.0
---@raises the object is closed, or one of the functions that were set raises
---@blocking
---@trap Set all options before. It waits for the remote server, so set a timeout and call it in a thread pool.
---@correction The page states no result; the engine gives true, or nil, text and code.
---@fidelity fixture
---@page momentum/4/lua/ref-curl-c-perform
function curl_handle:perform() end

--- Sets an option.
---@param option curl.option Which one.
---@param value any Its value, of the kind that the option takes; nil clears a text or a list.
---@param ... string Further texts, for an option that takes a list.
---@return true? ok nil when libcurl refuses it.
---@return string? error What is wrong.
---@return curl.error_code? code The same as a number.
---@overload fun(self: curl_handle, option: curl.boolean_option, value: boolean): true?, string?, curl.error_code?
---@overload fun(self: curl_handle, option: curl.number_option, value: integer): true?, string?, curl.error_code?
---@overload fun(self: curl_handle, option: curl.string_option, value: string?): true?, string?, curl.error_code?
---@overload fun(self: curl_handle, option: curl.list_option, value: string?, ...: string): true?, string?, curl.error_code?
---@overload fun(self: curl_handle, option: curl.function_option, value: function?): true?, string?, curl.error_code?
---@overload fun(self: curl_handle, option: curl.data_option, value: any): true?, string?, curl.error_code?
---@requires curl
---@since 4=4.0
---@raises the object is closed, the option is not known, the value is missing or of the wrong kind
---@nilcrash option
---@trap Options that are switches take true and false alone: 0 and 1 raise.
---@trap A text option takes a table or a boolean for nil, which clears it.
---@trap Function options take a function; list options take one text an argument, or nil to clear them: a table raises.
---@trap `curl.OPT_PROGRESSFUNCTION` is called only after `curl.OPT_NOPROGRESS` is set to false.
---@correction The page states no result; the engine gives true, or nil, text and code.
---@fidelity modelled
---@page momentum/4/lua/ref-curl-c-setopt
function curl_handle:setopt(option, value, ...) end

--- Has the next `c:perform` write the body to a file, which appears only when the HTTP status is 200.
---@param path string Path of the file.
---@return true ok
---@requires curl
---@since 4=4.0
---@undocumented
---@raises the file cannot be made, or the object is closed
---@nilcrash path
---@fidelity recorded
function curl_handle:fetch_into_file(path) end

--- Asks about the last transfer.
---@param info curl.info What about.
---@return string|number|string[]|nil value nil on failure, and for an empty list.
---@return string? error What is wrong.
---@return curl.error_code? code The same as a number.
---@requires curl
---@since 4=4.0
---@undocumented
---@raises the object is closed
---@nilcrash info
---@fidelity fixture
function curl_handle:getinfo(info) end

--- Sets all options back.
---@requires curl
---@since 4=4.0
---@undocumented
---@raises the object is closed
---@fidelity modelled
function curl_handle:reset() end
