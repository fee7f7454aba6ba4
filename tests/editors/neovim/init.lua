-- The configuration of a person who has the plugin on their runtimepath and set nothing but the binary.
vim.g.momentum_lua = { cmd = { vim.env.MOMENTUM_LUA_BINARY, 'lsp' } }
vim.opt.runtimepath:prepend(vim.fs.joinpath(vim.env.PLUGINS, 'neovim'))
vim.o.swapfile = false
vim.diagnostic.config({ virtual_text = true })
