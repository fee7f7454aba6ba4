-- The plugin itself: filetypes, where the server starts, health.
local t = require('harness')

t.it('ecelerity.conf and what it includes have a filetype of their own', function()
  for _, path in ipairs({ 'etc/ecelerity.conf', 'etc/conf.d/listeners.conf' }) do
    local buffer = t.open(path)
    t.equal('ecelerity', vim.bo[buffer].filetype)
    t.equal('# %s', vim.bo[buffer].commentstring)
  end
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

t.it('an option that does not exist is an error', function()
  local ok, message = pcall(require('momentum_lua').setup, { codelens = true })
  t.equal(false, ok)
  t.match('no option "codelens"', message)
end)
