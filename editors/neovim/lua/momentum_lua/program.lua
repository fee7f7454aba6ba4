--- Runs `momentum-lua` for what is no business of the language server.
local options = require('momentum_lua.options')
local policy = require('momentum_lua.policy')

local M = {}

--- The oldest program that this plugin can use.
M.OLDEST = '0.1.0'

--- Whether a version is older than what the plugin can use.
---@param version string
function M.is_old(version)
  local parsed = vim.version.parse(version)
  return parsed ~= nil and vim.version.lt(parsed, M.OLDEST)
end

--- The folder that a program is to work in: its configuration counts.
function M.folder()
  return policy.root(vim.api.nvim_get_current_buf()) or vim.fn.getcwd()
end

--- Says that there is no program, and what helps.
function M.tell_missing()
  vim.notify(
    ('momentum-lua: `%s` is not executable, see :checkhealth momentum_lua'):format(options.command()[1]),
    vim.log.levels.ERROR
  )
end

--- Starts the program; nothing, and a message, if it cannot be started.
---@param arguments string[]
---@param folder string
---@param ended fun(answer: vim.SystemCompleted)?
---@return vim.SystemObj?
function M.start(arguments, folder, ended)
  local command = vim.list_extend({ options.command()[1] }, arguments)
  local ok, started = pcall(vim.system, command, { cwd = folder, text = true, env = { NO_COLOR = '1' } }, ended)
  if ok then
    return started
  end
  M.tell_missing()
end

return M
