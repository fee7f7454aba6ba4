---@meta

--- A byte string that belongs to C: made by `msys.core.string_new()`, or handed to a callout or hook as its buffer.
---
--- `tostring(buff)` gives a Lua string, `#buff` the length in bytes, and `..` joins its content to a text. A buffer that
--- a hook passes has a fixed maximum length, and what does not fit is lost.
---@class ec_string
---@receiver buff
---@field len integer Length of the content in bytes.
---@field allocd integer Bytes allocated for the content: the most that a buffer of fixed size takes.
---@field buffer string The content.
---@field type integer How the content is stored: a number of C's own.
---@field backing io_object What holds the content where it is not in memory.
---@trap It never equals a Lua string: compare `tostring(buff)`.
---@trap Assigning another value to the parameter changes nothing outside: use `:set`.
---@page momentum/3/3-api/structs-string
local ec_string = {}

--- Replaces the content.
---@param value string The new content; cut off at the buffer's maximum length.
---@return unknown result Not documented.
---@nilcrash value
---@trap A longer value does not fit: the hook's `int` parameter is the maximum length.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-register-module
function ec_string:set(value) end

--- Appends text, as the examples of `ac_auth_perform_auth` do with the response. Used in examples only.
---@param text string What to append.
---@param length integer How many bytes of `text` to take, usually `#text`.
---@return unknown result Not documented.
---@nilcrash text, length
---@undocumented
---@fidelity modelled
---@page momentum/4/modules/ac-auth
function ec_string:write(text, length) end
