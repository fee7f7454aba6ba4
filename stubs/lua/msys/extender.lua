---@meta msys.extender

--- A part of the server's own Lua code that puts methods onto userdata classes. Policy has no need of it; an old
--- `msys.extended.vctx` failed without it.
---@class msys.extender
---@undocumented
---@page momentum/changelog/legacy/3-x-legacy-2011-2012
msys.extender = {}
