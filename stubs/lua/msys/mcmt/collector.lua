---@meta msys.mcmt.collector

--- Messages with content for several channels: which part becomes which resource of the message.
---@class msys.mcmt.collector
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
msys.mcmt.collector = {}

--- Has parts of a type made into a resource, which `msg:rsrc_get` then gives. Call it at the script's top level.
---@param mimetype string Type of the part, such as `message/vnd.msys.smpp`.
---@param rsrc string Name of the resource, such as `rsrc-smpp`.
---@requires msys.mcmt.collector
---@nilcrash mimetype, rsrc
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
function msys.mcmt.collector.setMapping(mimetype, rsrc) end
