--- Momentum policy in Neovim. Nothing has to be called: `plugin/momentum_lua.lua` switches everything on.
local M = {}

--- Changes options; those of `vim.g.momentum_lua` are read first.
---@param given momentum_lua.Options?
function M.setup(given)
  require('momentum_lua.options').set(given)
  local server = require('momentum_lua.server')
  if vim.lsp.config then
    vim.lsp.config(server.NAME, server.configuration())
  end
end

return M
