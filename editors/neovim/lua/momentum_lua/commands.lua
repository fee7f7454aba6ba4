--- `:MomentumLua {subcommand} [argument]…`
local M = {}

---@type table<string, { run: fun(arguments: string[]), help: string, complete: (fun(lead: string): string[])? }>
local SUBCOMMANDS = {
  run = {
    help = 'Runs the callout at the cursor, or the whole file above the first one',
    run = function()
      require('momentum_lua.runs').here('momentum-lua.run')
    end,
  },
  ['run-with'] = {
    help = 'Asks for the session first',
    run = function()
      require('momentum_lua.runs').here('momentum-lua.runWith')
    end,
  },
  again = {
    help = 'Runs the same again',
    run = function()
      require('momentum_lua.runs').again()
    end,
  },
  clear = {
    help = 'Takes results out of the text',
    run = function()
      require('momentum_lua.runs').clear()
    end,
  },
  report = {
    help = 'Opens the report of the last run',
    run = function()
      require('momentum_lua.runs').report()
    end,
  },
  paniclog = {
    help = 'Opens the paniclog of the last run',
    run = function()
      require('momentum_lua.runs').paniclog()
    end,
  },
  test = {
    help = 'Runs tests; what failed goes into the quickfix list',
    complete = function(lead)
      return vim.fn.getcompletion(lead, 'file')
    end,
    run = function(arguments)
      require('momentum_lua.tests').run(arguments)
    end,
  },
  explain = {
    help = 'Explains a rule, by default that of the finding at the cursor',
    complete = function()
      return require('momentum_lua.explain').rules()
    end,
    run = function(arguments)
      require('momentum_lua.explain').rule(arguments[1])
    end,
  },
  restart = {
    help = 'Starts the server anew',
    run = function()
      require('momentum_lua.server').restart()
    end,
  },
  log = {
    help = "Opens Neovim's log of language servers",
    run = function()
      local path = vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
      vim.cmd.tabedit(vim.fn.fnameescape(path))
    end,
  },
}

--- The names of the subcommands, in order.
function M.names()
  local names = vim.tbl_keys(SUBCOMMANDS)
  table.sort(names)
  return names
end

--- What may stand at the cursor, `place` bytes into the line. Modifiers may stand before the command.
local function complete(lead, line, place)
  local before = line:sub(1, place - #lead):match('MomentumLua%s+(.*)$') or ''
  local subcommand = SUBCOMMANDS[before:match('^(%S+)%s')]
  local known = subcommand and (subcommand.complete and subcommand.complete(lead) or {}) or M.names()
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, known)
end

function M.create()
  vim.api.nvim_create_user_command('MomentumLua', function(call)
    local arguments = vim.list_slice(call.fargs, 2)
    local subcommand = SUBCOMMANDS[call.fargs[1]]
    if subcommand then
      subcommand.run(arguments)
    else
      local known = table.concat(M.names(), ', ')
      vim.notify(('MomentumLua: there is no %s, but %s'):format(call.fargs[1], known), vim.log.levels.ERROR)
    end
  end, { nargs = '+', bar = true, complete = complete, desc = 'Runs and tests Momentum policy' })
end

return M
