-- What options switch off and on. Comes last: it changes them for good.
local t = require('harness')

local SCRIPT = 'etc/conf/global/inbound/connection_limits.lua'

--- Sets options, and opens a script in a server that got them.
local function anew(options)
  require('momentum_lua').setup(options)
  t.open(SCRIPT)
  local before = vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' })[1].id
  vim.cmd('MomentumLua restart')
  local buffer = vim.api.nvim_get_current_buf()
  return t.eventually('another server', function()
    local client = vim.lsp.get_clients({ bufnr = buffer, name = 'momentum_lua' })[1]
    return client and client.id ~= before and client.initialized and client
  end), buffer
end

local function hints(client)
  return t.ask('textDocument/inlayHint', {
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.fn.line('$'), character = 0 } },
  }, client) or {}
end

local function run()
  local ended
  vim.api.nvim_create_autocmd('User', {
    pattern = 'MomentumLuaRun',
    once = true,
    callback = function()
      ended = true
    end,
  })
  vim.cmd('MomentumLua run')
  t.eventually('the run', function()
    return ended
  end)
end

t.it('without hints, results are still shown', function()
  local client, buffer = anew({ inlay_hints = false })
  t.equal({}, hints(client))
  run()
  t.eventually('results, and nothing else', function()
    local found = hints(client)
    return #found > 0 and vim.iter(found):all(function(hint)
      local label = hint.label
      return vim.startswith(vim.trim(type(label) == 'string' and label or label[1].value), '▸')
    end)
  end)
  assert(vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }))
end)

t.it('without results and hints, the text stays as it is', function()
  local client = anew({ inlay_hints = false, results = false })
  run()
  vim.wait(300)
  t.equal({}, hints(client))
end)

t.it('without lenses there are none', function()
  local client = anew({ code_lens = false })
  if client.server_capabilities.codeLensProvider then
    t.equal({}, t.ask('textDocument/codeLens', {}, client) or {})
  end
end)

t.it('settings of the server go to it', function()
  anew({ code_lens = true, inlay_hints = true, results = true, settings = { diagnostics = false } })
  t.open('mistakes/sender_check.lua')
  vim.wait(1000)
  t.equal({}, vim.diagnostic.get(0))
  anew({ settings = { diagnostics = true } })
end)

t.it('the server is started for all Lua, or for none', function()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  vim.fn.writefile({ 'print("no policy")' }, folder .. '/a.lua')
  vim.fn.writefile({ 'require("msys.core")' }, folder .. '/b.lua')
  require('momentum_lua').setup({ enable = true })
  vim.cmd.edit(folder .. '/a.lua')
  t.eventually('the server', function()
    return #vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' }) == 1
  end)
  -- What stands in no file has no place that the server could be told.
  vim.cmd.enew()
  vim.bo.filetype = 'lua'
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'require("msys.core")' })
  vim.wait(300)
  t.equal({}, vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' }))
  vim.cmd('MomentumLua run')
  vim.cmd('bwipeout!')
  require('momentum_lua').setup({ enable = false })
  vim.cmd.edit(folder .. '/b.lua')
  vim.wait(500)
  t.equal({}, vim.lsp.get_clients({ bufnr = 0, name = 'momentum_lua' }))
end)
