-- Read by `vim.lsp.config` (Neovim 0.11 and newer).
return require('momentum_lua.server').configuration()
