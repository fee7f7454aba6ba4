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
  end)
end

--- The lenses of a buffer, of whatever form this Neovim keeps them in.
local function lenses(buffer)
  local found = vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = buffer } or buffer)
  return vim.tbl_map(function(entry)
    return entry.lens or entry
  end, found)
end

--- Runs the lens of a title at the cursor's line, as a person does: by Neovim's own command, and a choice.
local function click(title)
  local buffer = vim.api.nvim_get_current_buf()
  local line = vim.fn.line('.') - 1
  t.eventually('a lens in line ' .. line + 1, function()
    vim.cmd.redraw()
    return vim.iter(lenses(buffer)):any(function(lens)
      -- 0.10 offers what was resolved, the newest resolves what it offers.
      local is_ready = vim.fn.has('nvim-0.12') == 1 or (lens.command and vim.startswith(lens.command.title, title))
      return lens.range.start.line == line and is_ready
    end)
  end)
  local select, offered = vim.ui.select, {}
  vim.ui.select = function(items, options, chosen)
    for _, item in ipairs(items) do
      local shown = options.format_item(item)
      offered[#offered + 1] = shown
      if vim.startswith(shown, title) then
        vim.ui.select = select
        return chosen(item)
      end
    end
    error(('no lens %q among %s'):format(title, vim.inspect(offered)))
  end
  vim.lsp.codelens.run()
end

--- The hints in a line, as one text.
local function hints_in(buffer, line)
  local labels = {}
  for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = buffer })) do
    if hint.inlay_hint.position.line == line then
      local label = hint.inlay_hint.label
      labels[#labels + 1] = type(label) == 'string' and label or label[1].value
    end
  end
  return table.concat(labels, '\n')
end

--- The buffer in some window whose name ends so.
local function window_on(suffix)
  return vim.iter(vim.api.nvim_list_wins()):map(vim.api.nvim_win_get_buf):find(function(buffer)
    return vim.endswith(vim.api.nvim_buf_get_name(buffer), suffix)
  end)
end

local function text_of(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

--- Collects what is told while `act` runs, until `enough` is content with it.
local function notified(act, enough)
  local notify, told = vim.notify, {}
  vim.notify = function(text, level)
    told[#told + 1] = { text = text, level = level }
  end
  act()
  local ok = vim.wait(t.PATIENCE, function()
    return enough(told)
  end, 20)
  vim.notify = notify
  assert(ok, vim.inspect(told))
  return told
end

t.it('lenses stand above callouts without being asked for', function()
  local buffer = t.open(SCRIPT)
  t.eventually('lenses', function()
    -- Run, run with, references, registration: the first two only where the client executes commands.
    return #lenses(buffer) >= 4
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
    return hints_in(buffer, line):find('seen in the editor')
  end)
  -- A text that is no longer the one that ran.
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { '-- changed' })
  t.eventually('the mark of an old result', function()
    return hints_in(buffer, line):find('before the last change')
  end)
  vim.cmd('edit!')
end)

t.it('the lens "▶ Run" runs its callout, and the lenses stay', function()
  local buffer = t.open(SCRIPT)
  t.go_to('function policy:validate_set_binding')
  local result = next_event('MomentumLuaRun', function()
    click('▶ Run')
  end)
  assert(#result.runs > 0)
  t.eventually('a result at the end of a line', function()
    return vim.iter(vim.lsp.inlay_hint.get({ bufnr = buffer })):any(function(hint)
      local label = hint.inlay_hint.label
      return (type(label) == 'string' and label or label[1].value):find('▸') ~= nil
    end)
  end)
  t.eventually('the lens', function()
    vim.cmd.redraw()
    return vim.iter(lenses(buffer)):any(function(lens)
      return lens.command and lens.command.title:find('▶ Run') ~= nil
    end)
  end)
end)

t.it('results are drawn, also where the screen is drawn before the answer is there', function()
  -- 0.10 draws nothing where there is no screen.
  if vim.fn.has('nvim-0.11') == 0 then
    return
  end
  local buffer = t.open(SCRIPT)
  vim.cmd('MomentumLua clear')
  local function drawn()
    vim.cmd.redraw()
    local namespace = vim.api.nvim_get_namespaces()['nvim.lsp.inlayhint']
    return vim.iter(vim.api.nvim_buf_get_extmarks(buffer, namespace, 0, -1, { details = true })):any(function(mark)
      return vim.inspect(mark[4].virt_text):find('▸', 1, true) ~= nil
    end)
  end
  t.eventually('no result on the screen', function()
    return not drawn()
  end)
  -- As if something else made Neovim draw.
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1]
  local request = client.request
  client.request = function(...)
    local sent, id = request(...)
    vim.cmd.redraw({ bang = true })
    return sent, id
  end
  t.go_to('function policy:validate_set_binding')
  next_event('MomentumLuaRun', function()
    vim.cmd('MomentumLua run')
  end)
  t.eventually('a result on the screen', drawn)
  client.request = request
end)

t.it('results are cleared', function()
  local buffer = t.open(SCRIPT)
  vim.cmd('MomentumLua clear')
  t.eventually('no result', function()
    return not vim.iter(vim.lsp.inlay_hint.get({ bufnr = buffer })):any(function(hint)
      local label = hint.inlay_hint.label
      return (type(label) == 'string' and label or label[1].value):find('▸') ~= nil
    end)
  end)
end)

local asked_for

t.it('the session is asked for', function()
  t.open(SCRIPT)
  t.go_to('function policy:validate_set_binding')
  local select, offered = vim.ui.select, nil
  vim.ui.select = function(items, options, chosen)
    offered = vim.tbl_map(options.format_item or tostring, items)
    chosen(items[2], 2)
  end
  local result = next_event('MomentumLuaRun', function()
    vim.cmd('MomentumLua run-with')
  end)
  vim.ui.select = select
  assert(#offered > 1, vim.inspect(offered))
  t.equal(1, #result.runs)
  asked_for = result.runs[1].name
  assert(offered[2]:find(asked_for, 1, true), vim.inspect({ offered, asked_for }))
end)

t.it('places that a lens speaks of go into the quickfix list', function()
  t.open(SCRIPT)
  t.go_to('msys.registerModule')
  vim.fn.setqflist({})
  click('1 callout')
  local places = t.eventually('places', function()
    local list = vim.fn.getqflist()
    return #list > 0 and list
  end)
  assert(vim.endswith(vim.api.nvim_buf_get_name(places[1].bufnr), '/ecelerity.conf'), vim.inspect(places))
  vim.cmd.cclose()
end)

t.it('the report opens below, and the cursor stays', function()
  local buffer = t.open(SCRIPT)
  vim.cmd('MomentumLua report')
  t.equal(buffer, vim.api.nvim_get_current_buf())
  local report = window_on('.report.txt')
  assert(report, 'no window shows the report')
  t.match('the same again: momentum%-lua run .*/sessions/' .. vim.pesc(asked_for), text_of(report))
end)

t.it('a window with a text of the user is never taken for a report', function()
  t.open(SCRIPT)
  vim.cmd('MomentumLua report')
  vim.cmd('wincmd j')
  local other = t.open('etc/conf/global/site/addresses.lua')
  vim.cmd('MomentumLua report')
  t.equal(other, vim.api.nvim_get_current_buf())
  assert(window_on('.report.txt'), 'no window shows the report')
  vim.cmd.only()
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

t.it('the finding at the cursor is explained', function()
  local buffer = t.open('mistakes/sender_check.lua')
  t.eventually('the finding', function()
    return #vim.diagnostic.get(buffer, { lnum = 31 }) > 0
  end)
  vim.api.nvim_win_set_cursor(0, { 32, 8 })
  vim.cmd('MomentumLua explain')
  assert(window_on('momentum-lua://explain/method-call'), 'no window explains it')
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local told = notified(function()
    vim.cmd('MomentumLua explain no-such-rule')
  end, function(told)
    return #told > 0
  end)
  t.match('no%-such%-rule', told[1].text)
end)

t.it('the paniclog of the last run opens', function()
  local buffer = t.open(SCRIPT)
  t.go_to('function policy:validate_set_binding')
  local line = vim.fn.line('.')
  vim.api.nvim_buf_set_lines(buffer, line, line, false, { '  print("into the paniclog")' })
  next_event('MomentumLuaRun', function()
    vim.cmd('MomentumLua run')
  end)
  vim.cmd('MomentumLua paniclog')
  local paniclog = window_on('momentum-lua://paniclog')
  assert(paniclog, 'no window shows the paniclog')
  t.match('into the paniclog', text_of(paniclog))
  vim.cmd('edit!')
end)

--- Writes a session beside the script, with one expectation.
local function session(name, disposition)
  local path = vim.fs.joinpath(vim.env.POLICY, 'sessions', name .. '.toml')
  vim.fn.writefile({
    'policy = "../etc/ecelerity.conf"',
    'include = ["world.toml"]',
    '',
    '[[message]]',
    'mail_from = "a@sender.example"',
    'recipients = ["nobody@example.com"]',
    '',
    '[expect]',
    ('disposition = "%s"'):format(disposition),
  }, path)
  return 'sessions/' .. name .. '.toml'
end

t.it('the lens "▶ Test" holds a session against what it expects', function()
  local buffer = t.open(session('held', 'rejected'))
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local report = next_event('MomentumLuaTest', function()
    click('▶ Test')
  end)
  t.equal({ 1, 0 }, { report.passed, report.failed })
  t.equal({}, vim.diagnostic.get(buffer))

  buffer = t.open(session('missed', 'delivered'))
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  report = next_event('MomentumLuaTest', function()
    click('▶ Test')
  end)
  t.equal({ 0, 1 }, { report.passed, report.failed })
  local found = t.eventually('what did not hold, at its line', function()
    return vim.iter(vim.diagnostic.get(buffer)):find(function(found)
      return found.code == 'test/expectation'
    end)
  end)
  t.equal(8, found.lnum)
  local failed = vim.fn.getqflist()
  t.equal({ 9, buffer }, { failed[1].lnum, failed[1].bufnr })
  vim.cmd.cclose()
end)

t.it('the lens "▶ Run" of a session runs it', function()
  t.open('sessions/held.toml')
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local result = next_event('MomentumLuaRun', function()
    click('▶ Run')
  end)
  t.equal({ 'held' }, vim.tbl_map(function(run)
    return run.name
  end, result.runs))
end)

t.it('the tests of files run, and what failed goes into the quickfix list', function()
  t.open(SCRIPT)
  vim.fn.setqflist({})
  local folder = vim.fs.joinpath(vim.env.POLICY, 'sessions')
  local report = next_event('MomentumLuaTest', function()
    vim.cmd(('MomentumLua test %s/held.toml %s/missed.toml'):format(folder, folder))
  end)
  t.equal({ 1, 1 }, { report.passed, report.failed })
  local failed = vim.fn.getqflist()
  t.equal(1, #failed)
  t.equal(9, failed[1].lnum)
  assert(vim.endswith(vim.api.nvim_buf_get_name(failed[1].bufnr), '/sessions/missed.toml'))
  t.match('expected delivered, was .*rejected', failed[1].text)
  vim.cmd.cclose()
end)

t.it('the log opens', function()
  vim.cmd('MomentumLua log')
  assert(vim.endswith(vim.api.nvim_buf_get_name(0), 'lsp.log'), vim.api.nvim_buf_get_name(0))
  vim.cmd.tabclose()
end)

t.it('a command that does not exist is named, and those that do are completed', function()
  local told = notified(function()
    vim.cmd('MomentumLua rnu')
  end, function(told)
    return #told > 0
  end)
  t.match('no rnu, but again, .*test', told[1].text)
  t.equal({ 'report', 'restart', 'run', 'run-with' }, vim.fn.getcompletion('MomentumLua r', 'cmdline'))
  t.equal({ 'report' }, vim.fn.getcompletion('vertical MomentumLua rep', 'cmdline'))
  t.equal({ 'method-call' }, vim.fn.getcompletion('MomentumLua explain method', 'cmdline'))
  t.equal({}, vim.fn.getcompletion('MomentumLua run r', 'cmdline'))
  t.equal(require('momentum_lua.commands').names(), vim.fn.getcompletion('MomentumLua ', 'cmdline'))
end)
