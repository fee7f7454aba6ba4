---@meta msys.aggregator.mblox

--- Asks mBlox which mobile operator a number belongs to.
---@class msys.aggregator.mblox
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
msys.aggregator.mblox = {}

--- Access to the service.
---@class msys.aggregator.mblox.config
---@field url string Address of the service.
---@field user string
---@field password string

--- What the service knows about a number; on failure the table tells about the error instead.
---@class msys.aggregator.mblox.operator
---@field OperatorId? string Operator, by mBlox's own number.
---@field PSMSEnable? boolean|string Whether premium messages work with the operator.
---@field HttpCode? integer|string HTTP status.
---@field HttpDesc? string The status in words.
---@field TelephoneNumber? string The number.

--- Sets the access for later calls; a further call overwrites the one before, in all scripts.
---@param config msys.aggregator.mblox.config
---@requires msys.aggregator.mblox
---@nilcrash config
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
function msys.aggregator.mblox.setup(config) end

--- Asks for the operator of a number.
---@param number string The number.
---@param config? msys.aggregator.mblox.config Access; that of `msys.aggregator.mblox.setup` when left out.
---@return msys.aggregator.mblox.operator? operator Without `OperatorId` when the service failed; nil without an answer.
---@requires msys.aggregator.mblox
---@nilcrash number
---@blocking
---@fidelity fixture
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
function msys.aggregator.mblox.get_operatorID(number, config) end
