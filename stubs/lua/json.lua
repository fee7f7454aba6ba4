---@meta json

--- JSON texts as objects. `require("json")` also sets the global `json`.
---@class json
---@global
---@page momentum/4/lua/ref-json-decode
json = {}

-- Why a text is no JSON.

--- The text is nested more than 32 deep.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_DEPTH = 2

--- The text has a byte 0 where it cannot end. A text that just ends too early gives 1 (`continue`), which has no name.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_EOF = 3

--- A character stands where it cannot.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_UNEXPECTED = 4

--- `null` was begun and not finished.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_NULL = 5

--- `true` or `false` was begun and not finished.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_BOOLEAN = 6

--- A number is malformed.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_NUMBER = 7

--- An array lacks a comma or its closing bracket.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_ARRAY = 8

--- An object's key is no quoted string.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_OBJECT_KEY_NAME = 9

--- The colon after an object's key is missing.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_OBJECT_KEY_SEP = 10

--- The comma after an object's value is missing.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_OBJECT_VALUE_SEP = 11

--- A string or an escape in it is malformed.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_STRING = 12

--- A comment is malformed.
---@type integer
---@constant json.error_code
---@page momentum/4/lua/ref-json-strerror
json.ERROR_PARSE_COMMENT = 13

--- Reads a JSON text.
---@param str string The text.
---@return json_object? object The value as an object, even when the text is a number or a string; nil when it is no JSON, or `null`.
---@return json.error_code|0|1|nil code Why it is no JSON: 1 when it is not finished, 0 for `null`.
---@return string? message The same in words, with the offset in bytes.
---@requires json
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash str
---@trap Check the first result before use: on failure it is nil, then come code and message.
---@trap Arrays inside are counted from 1 and take integer keys alone.
---@trap It takes more than JSON: what follows the value is ignored, and comments, single quotes and a last comma are fine.
---@trap A number, `true` or `false` alone is not finished until something follows it: `"42"` gives nil, `"42 "` an object.
---@trap Integers come out with 32 bits: 3000000000 is 2147483647. `3e9` keeps its value.
---@fidelity modelled
---@page momentum/4/lua/ref-json-decode
function json.decode(str) end

--- Makes a JSON object of a Lua value; numbers, booleans and strings need it only when they stand alone.
---
--- A table with a value at index 1 becomes an array, up to its first nil; any other table becomes an object.
---@param obj string|number|boolean|table|json_object The value.
---@return json_object object `tostring` of it is the JSON text.
---@requires json
---@phase any
---@since 3=3.1 4=4.0
---@raises the value, or one inside it, is nil, a function, a thread or a userdata of another kind
---@trap An array ends at its first nil: `{1, nil, 3}` becomes `[ 1 ]`.
---@trap Functions and userdata cannot become JSON: it raises. A table with a boolean or a table as key crashes the server.
---@trap Integers beyond 32 bits are written with a fraction: `4294967296.000000`.
---@trap A table with both kinds of keys and nothing at index 1 becomes an object with its numbers turned to strings.
---@trap An empty table becomes `{ }`, not `[ ]`.
---@fidelity modelled
---@page momentum/4/lua/ref-json-encode
function json.encode(obj) end

--- Makes an empty JSON object, `{ }`.
---@return json_object object
---@requires json
---@phase any
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-json-new
function json.new() end

--- Puts the code of `json.decode` into words.
---@param code json.error_code
---@return string message `unknown error` for a number that is no such code.
---@requires json
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash code
---@fidelity modelled
---@page momentum/4/lua/ref-json-strerror
function json.strerror(code) end

--- Counts one more owner of the object, as C code that keeps it would.
---@param object json_object
---@return boolean held
---@requires json
---@undocumented
---@trap Each `json.addref` keeps the object alive until a `json.free`; policy has no need of either.
---@fidelity modelled
function json.addref(object) end

--- Counts one owner of the object less.
---@param object json_object
---@requires json
---@undocumented
---@trap Lua frees the object by itself; one `json.free` too many destroys it while it is in use.
---@fidelity modelled
function json.free(object) end
