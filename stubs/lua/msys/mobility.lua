---@meta msys.mobility

--- The name of `msys.smpp` before Momentum for mobile 2.1. Its constants were those of `msys.smpp`.
---@class msys.mobility
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
msys.mobility = {}

--- Stands in the page's text for the name of any constant.
---@correction It is a placeholder, not a constant.
---@type integer
---@constant msys.smpp.result
---@page momentum/mobile/mobile-reference/mobility-runtime-hooks
msys.mobility.XXXX = nil
