---@meta msys.core

-- What a validation callout returns.

---@class msys.core
msys.core = {}

--- Go on: the next script, and the next phase, have their turn.
---@type integer
---@constant validate_result
---@page momentum/4/4-implementing-policy-scriptlets
msys.core.VALIDATE_CONT = nil

--- Enough for this phase: no further script is asked. The reply that was set stands.
---@type integer
---@constant validate_result
---@page momentum/4/4-implementing-policy-scriptlets
msys.core.VALIDATE_DONE = nil

--- Work that blocks is still going on: call the callout again later.
---@type integer
---@constant validate_result
---@trap Not from `validate_set_binding`, where it is an error.
---@page momentum/4/4-implementing-policy-scriptlets
msys.core.VALIDATE_AGAIN = nil
