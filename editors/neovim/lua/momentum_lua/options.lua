--- Options of the plugin, with their defaults.
local M = {}

---@class momentum_lua.Options
M.defaults = {
  ---@type string|string[] the executable, or the whole command
  cmd = 'momentum-lua',
  ---@type 'auto'|boolean where the server starts: in policy trees, everywhere, nowhere
  enable = 'auto',
  ---@type boolean lenses above callouts
  code_lens = true,
  ---@type boolean hints inside the text
  inlay_hints = true,
  ---@type boolean results of runs at the ends of lines
  results = true,
  ---@type table settings of the server, as under `momentumLua` in VS Code
  settings = {},
}

local current

--- The options in force: the defaults, `vim.g.momentum_lua`, and what `setup` was given.
---@return momentum_lua.Options
function M.get()
  if not current then
    current = vim.tbl_deep_extend('force', M.defaults, vim.g.momentum_lua or {})
  end
  return current
end

---@param given table?
function M.set(given)
  vim.validate({ options = { given, 'table', true } })
  for name in pairs(given or {}) do
    if M.defaults[name] == nil then
      error(('momentum-lua: there is no option %q'):format(name))
    end
  end
  current = vim.tbl_deep_extend('force', M.get(), given or {})
end

--- The command that starts the server.
---@return string[]
function M.command()
  local cmd = M.get().cmd
  return type(cmd) == 'table' and cmd or { cmd --[[@as string]], 'lsp' }
end

return M
