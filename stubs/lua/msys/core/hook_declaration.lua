---@meta msys.core

-- Words of the C macro that declares a hook. They mean nothing in a script.

---@class msys.core
msys.core = {}

--- Stands for the closure in the declaration of a hook in C.
---@type integer
---@constant hook_declaration
---@trap No page writes it as `msys.core.EC_HOOK_CLOSURE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-declare-hook
msys.core.EC_HOOK_CLOSURE = nil

--- Returns from a hook in its declaration in C.
---@type integer
---@constant hook_declaration
---@trap No page writes it as `msys.core.EC_HOOK_RETURN`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-declare-hook
msys.core.EC_HOOK_RETURN = nil

--- Stands for the result in the declaration of a hook in C.
---@type integer
---@constant hook_declaration
---@trap No page writes it as `msys.core.EC_HOOK_RETVAL`: the name in Lua follows from the C name.
---@page momentum/3/3-api/apis-ec-declare-hook
msys.core.EC_HOOK_RETVAL = nil
