--- A few words for headless tests: `it`, `eventually`, and an exit status.
local M = { failed = 0, passed = 0 }

--- For how long something may not be there yet, in milliseconds.
M.PATIENCE = tonumber(vim.env.PATIENCE) * 1000

local function say(...)
  io.stdout:write(table.concat({ ... }), '\n')
  io.stdout:flush()
end

---@param what string
---@param test fun()
function M.it(what, test)
  local ok, trace = xpcall(test, debug.traceback)
  M[ok and 'passed' or 'failed'] = M[ok and 'passed' or 'failed'] + 1
  say(ok and 'ok ' or 'FAILED ', what, ok and '' or '\n' .. trace)
  if not ok and vim.env.BAIL then
    M.finish()
  end
end

--- Waits until `ask` gives something true, and gives that back.
function M.eventually(what, ask)
  local answer
  local function asked()
    answer = ask()
    return answer
  end
  if not vim.wait(M.PATIENCE, asked, 20) then
    error(('%s: not within %d ms'):format(what, M.PATIENCE), 2)
  end
  return answer
end

function M.equal(expected, actual)
  if not vim.deep_equal(expected, actual) then
    error(('expected %s, got %s'):format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

function M.match(pattern, text)
  if type(text) ~= 'string' or not text:find(pattern) then
    error(('expected something like %s, got %s'):format(pattern, vim.inspect(text)), 2)
  end
end

--- Opens a file of the policy tree, and waits for the server.
function M.open(path)
  local file = vim.fs.joinpath(vim.env.POLICY, path)
  if vim.api.nvim_buf_get_name(0) ~= file then
    vim.cmd.edit(file)
  end
  local buffer = vim.api.nvim_get_current_buf()
  M.eventually('the server for ' .. path, function()
    return #vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' }) == 1
  end)
  return buffer
end

--- Puts the cursor on the first place of a text.
function M.go_to(text, offset)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local line, column = unpack(vim.fn.searchpos('\\V' .. text, 'cn'))
  assert(line > 0, 'no ' .. text)
  vim.api.nvim_win_set_cursor(0, { line, column - 1 + (offset or 0) })
end

--- Asks the server about the cursor's place.
function M.ask(method, extra)
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' })[1]
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  for key, value in pairs(extra or {}) do
    parameters[key] = value
  end
  -- A method from 0.11 on.
  local answer, problem
  if vim.fn.has('nvim-0.11') == 1 then
    answer, problem = client:request_sync(method, parameters, M.PATIENCE, 0)
  else
    answer, problem = client.request_sync(method, parameters, M.PATIENCE, 0)
  end
  assert(answer, problem)
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

--- Ends Neovim; the status is the verdict.
function M.finish()
  say(('%d passed, %d failed'):format(M.passed, M.failed))
  os.exit(M.failed == 0 and M.passed > 0 and 0 or 1)
end

return M
