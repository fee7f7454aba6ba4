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

local function is_command(value)
  local words = type(value) == 'table' and value or { value }
  return #words > 0 and vim.iter(words):all(function(word)
    return type(word) == 'string' and word ~= ''
  end)
end

local function is_switch(value)
  return type(value) == 'boolean'
end

---@type table<string, { [1]: (fun(value: any): boolean), [2]: string }> what a value is, in words
local VALUES = {
  cmd = { is_command, 'a string or a list of strings' },
  enable = { function(value)
    return value == 'auto' or is_switch(value)
  end, "'auto', true or false" },
  code_lens = { is_switch, 'true or false' },
  inlay_hints = { is_switch, 'true or false' },
  results = { is_switch, 'true or false' },
  settings = { function(value)
    return type(value) == 'table'
  end, 'a table' },
}

--- What is wrong with an option, in words; nothing if it is as it should be.
local function problem(name, value)
  local expected = VALUES[name]
  if not expected then
    return ('there is no option %q'):format(name)
  end
  if not expected[1](value) then
    return ('the option %s must be %s, not %s'):format(name, expected[2], vim.inspect(value))
  end
end

--- The options that can be used, and what is wrong with the others.
---@return table usable, string[] problems
local function divide(given)
  if type(given) ~= 'table' then
    return {}, { 'the options must be a table, not ' .. vim.inspect(given) }
  end
  local usable, problems = {}, {}
  for name, value in vim.spairs(given) do
    local wrong = problem(tostring(name), value)
    if wrong then
      problems[#problems + 1] = wrong
    else
      usable[name] = value
    end
  end
  return usable, problems
end

local current

--- The options in force: the defaults, `vim.g.momentum_lua`, and what `setup` was given. What is wrong in the variable is
--- told, and is as by default.
---@return momentum_lua.Options
function M.get()
  if not current then
    local usable, problems = divide(vim.g.momentum_lua or {})
    current = vim.tbl_deep_extend('force', M.defaults, usable)
    -- Neovim 0.10 makes an exception of an error that is told inside of an autocommand.
    vim.schedule(function()
      for _, wrong in ipairs(problems) do
        vim.notify('momentum-lua: in g:momentum_lua ' .. wrong, vim.log.levels.ERROR)
      end
    end)
  end
  return current
end

---@param given table?
function M.set(given)
  local usable, problems = divide(given or {})
  if #problems > 0 then
    error('momentum-lua: ' .. table.concat(problems, '; '), 3)
  end
  current = vim.tbl_deep_extend('force', M.get(), usable)
end

--- The command that starts the server.
---@return string[]
function M.command()
  local cmd = M.get().cmd
  return type(cmd) == 'table' and cmd or { cmd --[[@as string]], 'lsp' }
end

return M
