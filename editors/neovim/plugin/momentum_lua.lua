if vim.g.loaded_momentum_lua then
  return
end
vim.g.loaded_momentum_lua = true
if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('momentum-lua needs Neovim 0.10 or newer', vim.log.levels.ERROR)
  return
end

local server = require('momentum_lua.server')

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('momentum_lua.attach', {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == server.NAME then
      require('momentum_lua.attach').on_attach(client, event.buf)
    end
  end,
})

require('momentum_lua.commands').create()
server.enable()
