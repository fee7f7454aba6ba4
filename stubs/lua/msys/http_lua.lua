---@meta msys.http_lua

--- Named in one public sample that delivers over HTTP, in `local http = require 'msys.http_lua'`. What is in it is
--- not known.
---@class msys.http_lua
---@undocumented
msys.http_lua = {}
