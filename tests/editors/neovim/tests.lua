-- nvim --clean --headless -l tests.lua
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
package.path = here .. '/?.lua;' .. package.path
vim.g.momentum_lua = { cmd = { vim.env.MOMENTUM_LUA_BINARY, 'lsp' } }
vim.opt.runtimepath:prepend(vim.fs.joinpath(vim.env.PLUGINS, 'neovim'))
vim.cmd('filetype plugin on')
vim.cmd.runtime({ 'plugin/momentum_lua.lua', bang = true })
vim.cmd.runtime({ 'ftdetect/momentum_lua.lua', bang = true })
vim.o.swapfile = false

for _, part in ipairs(vim.split(vim.env.PARTS or 'plugin help analysis crashes neighbour navigation writing running options', ' ')) do
  dofile(vim.fs.joinpath(here, part .. '.lua'))
end
require('harness').finish()
