---@meta msys.core

-- Numbers of bindings that stand for something else, for `core_binding_group_choose_binding`.

---@class msys.core
msys.core = {}

--- No binding: the choice is left to the server.
---@type integer
---@constant binding_slot
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-core-binding-group-choose-binding
msys.core.EC_BINDING_SLOT_UNBOUND = nil
