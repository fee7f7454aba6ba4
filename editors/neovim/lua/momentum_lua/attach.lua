--- What is switched on for a buffer when the server takes it.
local options = require('momentum_lua.options')

local M = {}

--- Lenses: from 0.12 on Neovim keeps them fresh itself.
local function show_lenses(client, buffer)
  if not client.server_capabilities.codeLensProvider then
    return
  end
  if vim.lsp.codelens.enable then
    -- While the server still reads the tree, Neovim asks twice and leaves the lenses of the second answer empty. Behind an
    -- answer, the server answers at once.
    client:request('textDocument/codeLens', {
      textDocument = vim.lsp.util.make_text_document_params(buffer),
    }, function()
      if vim.api.nvim_buf_is_loaded(buffer) then
        vim.lsp.codelens.enable(true, { bufnr = buffer })
      end
    end, buffer)
    return
  end
  local refresh = function()
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost', 'TextChanged' }, {
    group = vim.api.nvim_create_augroup('momentum_lua.lenses.' .. buffer, {}),
    buffer = buffer,
    callback = refresh,
  })
  refresh()
end

--- Draws lenses anew behind one that was run: Neovim 0.10 takes those of its line away meanwhile.
---@param buffer integer
function M.lenses_ran(buffer)
  if not vim.lsp.codelens.enable and options.get().code_lens then
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
end

---@param client vim.lsp.Client
---@param buffer integer
function M.on_attach(client, buffer)
  local wanted = options.get()
  if wanted.code_lens then
    show_lenses(client, buffer)
  end
  if (wanted.inlay_hints or wanted.results) and client.server_capabilities.inlayHintProvider then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
end

return M
