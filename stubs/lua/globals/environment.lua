---@meta

--- The table of all globals. There is one for the whole process: a global that one script sets, every script on every
--- thread sees.
---@type table<string, any>
---@trap A name without `local` is such a global: two messages at once overwrite each other's value.
_G = nil

--- Name of the engine and the version of Lua that it stems from.
---@type string
---@trap It does not begin with `Lua`: code that matches `^Lua 5` takes it for another language.
_VERSION = "thrLua 5.1"
