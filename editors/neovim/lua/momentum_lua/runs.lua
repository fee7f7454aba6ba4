--- Runs policy, and keeps what came of it. The server shows results at the lines themselves, as inlay hints.
local requests = require('momentum_lua.requests')

local M = {}

---@type { arguments: table, result: table, buffer: integer }?
local last

--- Takes in what came of a run.
local function ended(arguments, result, buffer)
  if type(result) ~= 'table' or result.version ~= 1 then
    return
  end
  local sessions = {}
  for _, run in ipairs(result.runs) do
    if type(run.session) == 'string' then
      sessions[#sessions + 1] = run.session
    end
  end
  arguments = vim.tbl_extend('force', arguments, { sessions = #sessions > 0 and sessions or nil })
  last = { arguments = arguments, result = result, buffer = buffer }
  vim.api.nvim_exec_autocmds('User', { pattern = 'MomentumLuaRun', data = result })
end

--- Executes one of the server's commands that run something.
---@param behind fun()? is called when it has ended
local function execute(client, command, arguments, buffer, behind)
  requests.send(client, 'workspace/executeCommand', { command = command, arguments = { arguments } }, function(result)
    ended(arguments, result, buffer)
    if behind then
      behind()
    end
  end, buffer)
end

--- Calls `found` with the arguments of the nearest lens at or above a line that has this command, or with nothing.
local function lens_above(client, buffer, line, command, found)
  local parameters = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  requests.send(client, 'textDocument/codeLens', parameters, function(lenses)
    local above = vim.tbl_filter(function(lens)
      return lens.range.start.line <= line
    end, lenses or {})
    local function look(index)
      local lens = above[index]
      if not lens then
        found(nil)
      elseif lens.command then
        if lens.command.command == command then
          found(lens.command.arguments[1])
        else
          look(index - 1)
        end
      else
        requests.send(client, 'codeLens/resolve', lens, function(resolved)
          if resolved and resolved.command then
            above[index] = resolved
            look(index)
          else
            look(index - 1)
          end
        end, buffer)
      end
    end
    look(#above)
  end, buffer)
end

--- Runs what the cursor is in: a callout, or the whole file above the first one.
---@param command 'momentum-lua.run'|'momentum-lua.runWith'
function M.here(command)
  local client = requests.client()
  if not client then
    return
  end
  local buffer = vim.api.nvim_get_current_buf()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  if not client.server_capabilities.codeLensProvider then
    execute(client, command, { uri = vim.uri_from_bufnr(buffer) }, buffer)
    return
  end
  lens_above(client, buffer, line, command, function(arguments)
    execute(client, command, arguments or { uri = vim.uri_from_bufnr(buffer) }, buffer)
  end)
end

--- Runs the same again.
function M.again()
  if not last then
    return M.here('momentum-lua.run')
  end
  local client = require('momentum_lua.server').client(last.buffer) or requests.client()
  if client then
    execute(client, 'momentum-lua.run', last.arguments, last.buffer)
  end
end

--- What a lens asks for: Neovim executes it itself and would drop the result.
function M.of_lens(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if client then
    execute(client, command.command, command.arguments[1], context.bufnr, function()
      require('momentum_lua.attach').lenses_ran(context.bufnr)
    end)
  end
end

--- The result of the last run; says so if there is none.
local function result()
  if not last then
    vim.notify('momentum-lua: nothing was run yet', vim.log.levels.WARN)
  end
  return last and last.result
end

--- Opens the report of the last run.
function M.report()
  local known = result()
  if known and type(known.reportUri) == 'string' then
    require('momentum_lua.windows').open_file(vim.uri_to_fname(known.reportUri))
  end
end

--- Opens the paniclog of the last run.
function M.paniclog()
  local known = result()
  if not known then
    return
  end
  local lines = {}
  for _, run in ipairs(known.runs) do
    if type(run.report) == 'table' then
      vim.list_extend(lines, run.report.paniclog or {})
    end
  end
  if #lines == 0 then
    vim.notify('momentum-lua: the last run wrote nothing into the paniclog')
    return
  end
  require('momentum_lua.windows').open_lines('momentum-lua://paniclog', lines)
end

--- Takes results out of the text.
function M.clear()
  local client = requests.client()
  if client then
    local parameters = { command = 'momentum-lua.clearResults', arguments = {} }
    requests.send(client, 'workspace/executeCommand', parameters, function() end, 0)
  end
end

return M
