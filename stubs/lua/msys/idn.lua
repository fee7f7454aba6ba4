---@meta msys.idn

--- Internationalized domain names.
---@class msys.idn
---@page momentum/4/lua/ref-msys-idn
msys.idn = {}

--- Converts a domain name in UTF-8 to its ASCII form (`xn--…`).
---@param name string The domain name, in UTF-8.
---@return string domain The ASCII form; when the name cannot be converted, an error instead (the page does not say in which shape).
---@requires msys.idn
---@phase any
---@since 3=3.6.12 4=4.2
---@nilcrash name
---@trap Beta in Momentum 4.2.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-idn
function msys.idn.to_idn(name) end

--- Converts a domain name from its ASCII form (`xn--…`) to UTF-8.
---@param name string The domain name, in ASCII.
---@return string domain The UTF-8 form; when the name cannot be converted, an error instead (the page does not say in which shape).
---@requires msys.idn
---@phase any
---@since 3=3.6.12 4=4.2
---@nilcrash name
---@trap Beta in Momentum 4.2.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-idn-utf-8
function msys.idn.to_utf8(name) end
