---@meta strict

--- Makes it an error to use a global variable that was never assigned at the top level. Requiring it is all there is
--- to it: it has no functions.
---@class strict
---@trap It holds for the whole process, scripts of others included.
---@page momentum/4/lua/ref-msys-gcm-gcm-classify-error
local strict = {}
