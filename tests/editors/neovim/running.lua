-- Running policy from Neovim.
local t = require('harness')

local SCRIPT = 'etc/conf/global/outbound/stream_binding.lua'

--- Waits for the next event of the plugin, and gives its data.
local function next_event(pattern, act)
  local data
  vim.api.nvim_create_autocmd('User', {
    pattern = pattern,
    once = true,
    callback = function(event)
      data = event.data
    end,
  })
  act()
  return t.eventually(pattern, function()
    return data
  end, 60000)
end

t.it('lenses stand above callouts without being asked for', function()
  local buffer = t.open(SCRIPT)
  t.eventually('lenses', function()
    local lenses = vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = buffer } or buffer)
    -- Run, run with, references, registration: the first two only where the client executes commands.
    return #lenses >= 4
  end)
end)

t.it('the callout at the cursor runs with the sessions that reach it, unsaved text included', function()
  local buffer = t.open(SCRIPT)
  t.go_to('function policy:validate_set_binding')
  local line = vim.fn.line('.')
  vim.api.nvim_buf_set_lines(buffer, line, line, false, { '  print("seen in the editor")' })
  local result = next_event('MomentumLuaRun', function()
    vim.cmd('MomentumLua run')
  end)
  assert(vim.iter(result.runs):any(function(run)
    return type(run.session) == 'string' and vim.endswith(run.session, '/sessions/newsletter.toml')
  end), vim.inspect(vim.tbl_map(function(run)
    return run.session
  end, result.runs)))
  t.eventually('the print at its line', function()
    return vim.iter(vim.lsp.inlay_hint.get({ bufnr = buffer })):any(function(hint)
      local label = hint.inlay_hint.label
      label = type(label) == 'string' and label or label[1].value
      return hint.inlay_hint.position.line == line and label:find('seen in the editor') ~= nil
    end)
  end)
  vim.cmd('edit!')
end)

t.it('the report opens below, and the cursor stays', function()
  local buffer = t.open(SCRIPT)
  vim.cmd('MomentumLua report')
  t.equal(buffer, vim.api.nvim_get_current_buf())
  local report = vim.iter(vim.api.nvim_list_wins()):map(vim.api.nvim_win_get_buf):find(function(other)
    return vim.endswith(vim.api.nvim_buf_get_name(other), '.report.txt')
  end)
  assert(report, 'no window shows the report')
  t.match('newsletter', table.concat(vim.api.nvim_buf_get_lines(report, 0, -1, false), '\n'))
end)

t.it('the same runs again', function()
  t.open(SCRIPT)
  local result = next_event('MomentumLuaRun', function()
    vim.cmd('MomentumLua again')
  end)
  assert(#result.runs > 0)
end)

t.it('a rule is explained', function()
  t.open('mistakes/sender_check.lua')
  vim.cmd('MomentumLua explain method-call')
  local explained = vim.fn.bufnr('momentum-lua://explain/method-call')
  assert(explained > 0)
  t.match('What it does', table.concat(vim.api.nvim_buf_get_lines(explained, 0, -1, false), '\n'))
end)
