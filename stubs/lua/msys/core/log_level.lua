---@meta msys.core

-- How serious a line of the log is, for `msys.log`.

---@class msys.core
msys.core = {}

--- A warning.
---@type integer
---@constant log_level
---@undocumented
---@page momentum/4/dkim2
msys.core.LOG_WARNING = nil
