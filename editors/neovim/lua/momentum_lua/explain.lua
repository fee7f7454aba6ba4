--- Explains rules.
local program = require('momentum_lua.program')

local M = {}

--- The rule of the finding at the cursor.
local function at_cursor()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local here = vim.tbl_filter(function(found)
    return found.source == 'momentum-lua'
  end, vim.diagnostic.get(0, { lnum = line - 1 }))
  table.sort(here, function(a, b)
    return math.abs(a.col - column) < math.abs(b.col - column)
  end)
  return here[1] and tostring(here[1].code)
end

---@param code string?
function M.rule(code)
  code = code or at_cursor()
  if not code then
    vim.notify('momentum-lua: no finding in this line; name a rule', vim.log.levels.WARN)
    return
  end
  local started = program.start({ 'explain', code }, program.folder())
  if not started then
    return
  end
  local answer = started:wait()
  if answer.code ~= 0 then
    vim.notify(vim.trim(answer.stderr or ''), vim.log.levels.ERROR)
    return
  end
  local lines = vim.split(vim.trim(answer.stdout), '\n')
  require('momentum_lua.windows').open_lines('momentum-lua://explain/' .. code, lines, 'markdown')
end

---@type table<string, string[]> by the program
local codes = {}

--- The codes of all rules, as far as the program tells.
---@return string[]
function M.rules()
  local command = require('momentum_lua.options').command()[1]
  if not codes[command] and vim.fn.executable(command) == 1 then
    local started = program.start({ 'rules', '--format', 'json' }, program.folder())
    local ok, rules = pcall(vim.json.decode, started and started:wait().stdout or '')
    codes[command] = ok and vim.tbl_map(function(rule)
      return rule.code
    end, rules) or nil
  end
  return codes[command] or {}
end

return M
