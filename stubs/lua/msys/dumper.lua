---@meta msys.dumper

--- Renders any value as readable text, for the paniclog.
---@class msys.dumper
---@page momentum/4/lua/ref-msys-dumper-dumper
msys.dumper = {}

--- Renders a value, tables with everything in them, as text over several lines.
---@param res any The value; nil is fine.
---@return string text
---@requires msys.dumper
---@phase any
---@since 3=3.0 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-dumper-dumper
function msys.dumper.Dumper(res) end
