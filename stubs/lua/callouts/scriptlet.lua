---@meta

--- Callouts of the scriptlet module beside the validation.
---@class scriptlet_callouts
---@callouts scriptlet
local scriptlet_callouts = {}

--- Registers HTTP endpoints (`msys.httpsrv.register`) and console commands (`msys.registerControl`).
---
--- Runs within each configuration transaction, so that what it registers outlives `config set` and `config unset`; in
--- Momentum 4 it takes the place of registering them in `init`.
---@result true registered
---@since 4=4.0
---@correction The documentation only shows this callout in an example, where it returns `true`; that another result fails the configuration, as in `init`, is not said.
---@page momentum/4/lua/ref-msys-httpsrv-register
function scriptlet_callouts:rsrc_setup() end
