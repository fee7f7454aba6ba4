---@meta msys.core

-- What the final validation hooks return.

---@class msys.core
msys.core = {}

--- Go on: the message is accepted as far as this hook is concerned.
---@type integer
---@constant hook_result
---@page momentum/4/dkim2/sign
msys.core.EC_HOOK_CONT = 0

--- Reject the message for good.
---@type integer
---@constant hook_result
---@page momentum/4/dkim2/sign
msys.core.EC_HOOK_DONE = 1

--- Put the message off: a temporary rejection.
---@type integer
---@constant hook_result
---@page momentum/4/dkim2/sign
msys.core.EC_HOOK_RETRY = 2
