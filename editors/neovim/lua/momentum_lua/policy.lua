--- Tells Momentum's policy from other Lua.
local M = {}

local SIGNS = { 'require%s*%(?%s*["\']msys[."\']', '%f[%w_]msys%s*%.%s*registerModule%f[^%w_]' }

--- Whether a buffer uses Momentum's API.
---@param buffer integer
function M.uses_momentum(buffer)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  return vim.iter(SIGNS):any(function(sign)
    return text:find(sign) ~= nil
  end)
end

--- The folder of the policy tree that a buffer belongs to; nothing if it belongs to none.
---@param buffer integer
---@return string?
function M.root(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or path:find('^%w+://') then
    return nil
  end
  local folder = vim.fs.dirname(path)
  local configured = vim.fs.root(folder, 'momentum-lua.toml')
  if configured then
    return configured
  end
  -- A configuration in `etc` belongs to the folder above, as do the scripts beside it.
  local server = vim.fs.root(folder, { 'ecelerity.conf', 'etc/ecelerity.conf' })
  if server then
    return vim.fs.basename(server) == 'etc' and vim.fs.dirname(server) or server
  end
  if vim.bo[buffer].filetype == 'ecelerity' or M.uses_momentum(buffer) then
    return vim.fs.root(folder, '.git') or folder
  end
  return nil
end

return M
