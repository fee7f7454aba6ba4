---@meta

--- The local `arg` that a function with `...` has by itself, when its body does not use `...`: a table of the arguments.
--- It is no global.
---@class arg
---@field n integer How many there are, trailing nils included.
---@field [integer] any The arguments, from 1.
---@trap One `...` in the body takes it away: then `arg` is an unset global, nil.
