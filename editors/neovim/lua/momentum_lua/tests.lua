--- Runs `momentum-lua test`; what failed goes into the quickfix list.
local program = require('momentum_lua.program')
local requests = require('momentum_lua.requests')

local M = {}

--- Entries of the quickfix list for a test that failed.
local function entries(test, folder)
  local file = vim.fs.joinpath(folder, test.file)
  if vim.startswith(test.file, '/') then
    file = test.file
  end
  local found = {}
  for _, check in ipairs(test.checks or {}) do
    for _, miss in ipairs(check.misses) do
      local of = miss.of and (' (%s)'):format(miss.of) or ''
      found[#found + 1] = {
        filename = file,
        lnum = check.line or test.line,
        type = 'E',
        text = ('%s%s: expected %s, was %s'):format(check.key, of, check.expected, miss.actual),
      }
    end
  end
  if test.message or #found == 0 then
    found[#found + 1] = {
      filename = file,
      lnum = test.message_line or test.line,
      type = 'E',
      text = ('%s: %s'):format(test.name, test.message or 'failed'),
    }
  end
  return found
end

--- Takes in what came of tests.
---@param report table docs/testing.md describes it
---@param folder string paths in the report are relative to it
local function ended(report, folder)
  local failed = {}
  for _, test in ipairs(report.tests) do
    if test.outcome == 'failed' then
      vim.list_extend(failed, entries(test, folder))
    end
  end
  vim.fn.setqflist({}, ' ', { title = 'momentum-lua test', items = failed })
  if #failed > 0 then
    vim.cmd('botright copen')
    vim.cmd('wincmd p')
  end
  vim.api.nvim_exec_autocmds('User', { pattern = 'MomentumLuaTest', data = report })
end

--- What the program printed when it had run tests.
local function tell(answer, folder)
  local ok, report = pcall(vim.json.decode, answer.stdout)
  if not ok or type(report) ~= 'table' or report.version ~= 1 then
    vim.notify('momentum-lua: ' .. vim.trim(answer.stderr or ''), vim.log.levels.ERROR)
    return
  end
  local level = report.failed > 0 and vim.log.levels.ERROR or vim.log.levels.INFO
  vim.notify(('%d tests passed, %d failed, %d skipped'):format(report.passed, report.failed, report.skipped), level)
  ended(report, folder)
end

--- What a lens of a session file asks for. The server says how it ended, and puts findings where something failed.
function M.of_lens(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  if not client then
    return
  end
  local parameters = { command = command.command, arguments = command.arguments }
  requests.send(client, 'workspace/executeCommand', parameters, function(result)
    if type(result) == 'table' and result.version == 1 and type(result.report) == 'table' then
      ended(result.report, client.config.root_dir or vim.fn.getcwd())
    end
    require('momentum_lua.attach').lenses_ran(context.bufnr)
  end, context.bufnr)
end

---@param paths string[] files and folders; the whole policy tree by default
function M.run(paths)
  local folder = program.folder()
  local arguments = { 'test', '--format', 'json', '--coverage', 'off' }
  for _, path in ipairs(paths) do
    arguments[#arguments + 1] = vim.fn.fnamemodify(vim.fn.expand(path), ':p')
  end
  program.start(arguments, folder, vim.schedule_wrap(function(answer)
    tell(answer, folder)
  end))
end

return M
