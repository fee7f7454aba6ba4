--- Asks the server, in Neovim 0.10 as in newer ones.
local M = {}

---@param client vim.lsp.Client
---@param method string
---@param parameters table
---@param answered fun(result: any)
---@param buffer integer
function M.send(client, method, parameters, answered, buffer)
  local function handle(problem, result)
    if not problem then
      answered(result)
    -- What was cancelled or replaced by a newer run is no news.
    elseif problem.code ~= vim.lsp.protocol.ErrorCodes.RequestCancelled then
      vim.notify('momentum-lua: ' .. problem.message, vim.log.levels.ERROR)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, parameters, handle, buffer)
  else
    client.request(method, parameters, handle, buffer)
  end
end

--- The server of the current buffer; says so if there is none.
---@return vim.lsp.Client?
function M.client()
  local client = require('momentum_lua.server').client()
  if not client then
    vim.notify('momentum-lua: no server for this buffer, see :checkhealth momentum_lua', vim.log.levels.WARN)
  end
  return client
end

return M
