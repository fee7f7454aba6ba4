-- The plugin itself: filetypes, where the server starts, health.
local t = require('harness')

t.it('ecelerity.conf and what it includes have a filetype of their own', function()
  for _, path in ipairs({ 'etc/ecelerity.conf', 'etc/conf.d/listeners.conf' }) do
    local buffer = t.open(path)
    t.equal('ecelerity', vim.bo[buffer].filetype)
    t.equal('# %s', vim.bo[buffer].commentstring)
  end
end)

t.it('configuration is coloured, whatever it is written like', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local lines = {
    "Relay_Hosts += ( '10.0.0.0/8' )",
    '/* a = 1',
    'b { */ c = 2 # d',
    "script 'a b' { source = \"%{d}/a\" }",
    'Domain /^a{2}$/ { x = 0x10 }',
  }
  vim.fn.writefile(lines, folder .. '/ecelerity.conf')
  vim.cmd('syntax on')
  vim.cmd.edit(folder .. '/ecelerity.conf')
  for _, expected in ipairs({
    { 1, 'Relay_Hosts', 'Option' },
    { 1, '10.0.0.0/8', 'String' },
    { 2, 'a', 'Comment' },
    { 3, 'b', 'Comment' },
    { 3, 'c', 'Option' },
    { 3, ' d', 'Comment' },
    { 4, 'script', 'Stanza' },
    { 4, 'a b', 'String' },
    { 4, 'source', 'Option' },
    { 4, '%{d}', 'Macro' },
    { 5, 'Domain', 'Stanza' },
    { 5, 'x =', 'Option' },
    { 5, '0x10', 'Number' },
  }) do
    local line, text, group = unpack(expected)
    local column = lines[line]:find(text, 1, true) + (text:sub(1, 1) == ' ' and 1 or 0)
    t.equal({ text, 'ecelerity' .. group }, { text, vim.fn.synIDattr(vim.fn.synID(line, column, 1), 'name') })
  end
  vim.cmd('syntax off')
end)

t.it('other configuration and other Lua are left alone', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  vim.fn.writefile({ '[server]', 'port = 1' }, folder .. '/a.conf')
  vim.fn.writefile({ 'print("no policy")' }, folder .. '/a.lua')
  vim.cmd.edit(folder .. '/a.conf')
  assert(vim.bo.filetype ~= 'ecelerity', vim.bo.filetype)
  vim.cmd.edit(folder .. '/a.lua')
  t.equal('lua', vim.bo.filetype)
  vim.wait(300)
  t.equal({}, vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' }))
end)

t.it('a lone script that uses msys gets the server', function()
  local path = vim.fn.tempname() .. '.lua'
  vim.fn.writefile({ 'require("msys.core")' }, path)
  vim.cmd.edit(path)
  t.eventually('the server', function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' }) == 1
  end)
end)

t.it('files of one tree share one server', function()
  local first = t.open('etc/conf/global/inbound/recipients.lua')
  local second = t.open('mistakes/campaign.lua')
  local id = function(buffer)
    return vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1].id
  end
  t.equal(id(first), id(second))
end)

t.it('the health check tells the version and the trees', function()
  vim.cmd('checkhealth momentum_lua')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.match('momentum%-lua %d+%.%d+%.%d+', text)
  t.match('policy: %d+ buffers', text)
  assert(not text:find('ERROR'), text)
  vim.cmd.bwipeout({ bang = true })
end)

t.it('the health check names a binary that is not there', function()
  local options = require('momentum_lua.options').get()
  local cmd = options.cmd
  options.cmd = '/nowhere/momentum-lua'
  vim.cmd('checkhealth momentum_lua')
  options.cmd = cmd
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.match('ERROR.*/nowhere/momentum%-lua.*Put momentum%-lua on PATH', text)
  vim.cmd.bwipeout({ bang = true })
end)

t.it('an option that does not exist, or has a value that it cannot have, is an error', function()
  for wrong, words in pairs({
    ['{ codelens = true }'] = 'no option "codelens"',
    ['{ code_lens = "yes" }'] = 'code_lens must be true or false, not "yes"',
    ['{ enable = "off" }'] = "enable must be 'auto', true or false, not \"off\"",
    ['{ cmd = {} }'] = 'cmd must be a string or a list of strings',
    ['"on"'] = 'must be a table, not "on"',
  }) do
    local ok, message = pcall(require('momentum_lua').setup, load('return ' .. wrong)())
    t.equal(false, ok)
    assert(message:find(words, 1, true), message)
  end
end)

--- Starts another Neovim, without a window, and gives what it writes. `before` and `after` are commands around the plugin.
local function another(before, after, file)
  local plugin = vim.fs.joinpath(vim.env.PLUGINS, 'neovim')
  local script = vim.fn.tempname() .. '.vim'
  vim.fn.writefile(vim.split(after .. '\nsleep 50m\nqa!', '\n'), script)
  local arguments = { vim.v.progpath, '--clean', '--headless', '--cmd', 'set noswapfile', '--cmd', before }
  vim.list_extend(arguments, { '--cmd', ('set runtimepath^=%s | autocmd VimEnter * ++nested source %s'):format(plugin, script), file })
  local answer = vim.system(arguments, { text = true, timeout = 3 * t.PATIENCE }):wait()
  return answer.stdout .. answer.stderr
end

local ATTACHED = 'lua print("attached: " .. tostring(vim.wait(60000, function() '
  .. 'return #vim.lsp.get_clients({ bufnr = 0, name = "momentum_lua" }) == 1 end, 20)))'
local SERVER = ("let g:momentum_lua = {'cmd': ['%s', 'lsp']}"):format(vim.env.MOMENTUM_LUA_BINARY)
local SCRIPT = vim.fs.joinpath(vim.env.POLICY, 'etc/conf/global/inbound/recipients.lua')

t.it('what is wrong in the variable is told, and all else goes on', function()
  local told = another(SERVER .. " | let g:momentum_lua.code_lens = 'yes' | let g:momentum_lua.lenses = 1", ATTACHED, SCRIPT)
  t.match('g:momentum_lua the option code_lens must be true or false', told)
  t.match('there is no option "lenses"', told)
  t.match('attached: true', told)
end)

t.it('a program that is not there is named when policy is opened, and by what needs it', function()
  local before = "let g:momentum_lua = {'cmd': '/nowhere/momentum-lua'}"
  local told = another(before, 'MomentumLua run | MomentumLua explain method-call\nMomentumLua test\nMomentumLua restart', SCRIPT)
  t.equal(4, select(2, told:gsub('`/nowhere/momentum%-lua` is not executable, see :checkhealth momentum_lua', '')))
  t.match('no server for this buffer', told)
  assert(not told:find('stack traceback', 1, true), told)
  assert(not another(before, 'messages', vim.fn.tempname() .. '.lua'):find('momentum'), 'other Lua is left alone')
end)

t.it('the plugin may be loaded when policy is open already', function()
  local later = 'set runtimepath-=%s | edit %s | set runtimepath^=%s | runtime! plugin/momentum_lua.lua ftdetect/momentum_lua.lua'
  local plugin = vim.fs.joinpath(vim.env.PLUGINS, 'neovim')
  for _, file in ipairs({ SCRIPT, vim.fs.joinpath(vim.env.POLICY, 'etc/conf.d/listeners.conf') }) do
    local loads = later:format(plugin, file, plugin)
    local told = another(SERVER .. ' | let g:loaded_momentum_lua = 1', 'unlet g:loaded_momentum_lua | ' .. loads, file)
    t.equal('', vim.trim(told))
    told = another(
      SERVER .. ' | let g:loaded_momentum_lua = 1',
      ('unlet g:loaded_momentum_lua | %s | %s'):format(loads, ATTACHED),
      file
    )
    t.match('attached: true', told)
  end
end)

t.it('what the user says to vim.lsp.config counts', function()
  if not vim.lsp.config then
    return
  end
  local after = 'lua vim.wait(60000, function() return #vim.lsp.get_clients({ bufnr = 0 }) == 1 end) '
    .. 'print("root: " .. vim.lsp.get_clients({ bufnr = 0 })[1].config.root_dir)'
  local before = SERVER .. " | lua vim.lsp.config('momentum_lua', { root_dir = '/of/the/user' })"
  t.match('root: /of/the/user', another(before, after, SCRIPT))
  local restarted = 'lua vim.wait(60000, function() return #vim.lsp.get_clients({ bufnr = 0 }) == 1 end) '
    .. 'vim.cmd("MomentumLua restart") ' .. after:sub(5)
  t.match('root: /of/the/user', another(before, restarted, SCRIPT))
end)

t.it('a server that is too old is told of, when it starts and by the health check', function()
  local program = require('momentum_lua.program')
  local oldest = program.OLDEST
  program.OLDEST = '99.0.0'
  local notify, told = vim.notify, {}
  vim.notify = function(text)
    told[#told + 1] = text
  end
  t.open('etc/conf/global/inbound/recipients.lua')
  vim.cmd('MomentumLua restart')
  t.eventually('the message', function()
    return vim.iter(told):any(function(text)
      return text:find('the server is %d+%.%d+%.%d+, the plugin needs 99%.0%.0 or newer') ~= nil
    end)
  end)
  vim.cmd('checkhealth momentum_lua')
  vim.notify = notify
  program.OLDEST = oldest
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  t.match('ERROR.*the plugin needs 99%.0%.0 or newer', text)
  vim.cmd.bwipeout({ bang = true })
end)
