---@meta

--- A JSON object, array or single value. Fields are read and set like those of a table; `tostring` gives the JSON
--- text on one line (`{ "a": [ 1, 2 ] }`), in the order in which fields came; `#` counts an array (and is 0 for an
--- object); `for k, v in object do` goes over the fields or, from 1, the elements.
---
--- Numbers, booleans and strings come out as Lua values, `null` and missing fields as nil, objects and arrays as
--- objects of this class. Setting a field to nil removes it.
---@class json_object
---@iter string|integer, any
---@field [string] any A field of an object.
---@field [integer] any An element of an array, from 1.
---@trap An array takes integer keys from 1 alone, and nothing can be removed from it: anything else raises.
---@trap A loop over an array ends at its first null.
---@trap `pairs` and `ipairs` do not work on it.
---@page momentum/4/lua/ref-json-encode
local json_object = {}
