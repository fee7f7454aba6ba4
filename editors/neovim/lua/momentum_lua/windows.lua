--- Texts beside the one that is edited.
local M = {}

--- A window that shows nothing of the user's: the one of last time while it still shows a text of ours, else a new one
--- below.
local function below()
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.b[vim.api.nvim_win_get_buf(window)].momentum_lua then
      return window
    end
  end
  local here = vim.api.nvim_get_current_win()
  vim.cmd('botright 15split')
  local window = vim.api.nvim_get_current_win()
  vim.api.nvim_set_current_win(here)
  return window
end

--- Shows a text of ours.
local function show(buffer)
  local window = below()
  vim.b[buffer].momentum_lua = true
  vim.api.nvim_win_set_buf(window, buffer)
end

--- Shows a file; the cursor stays where it is.
---@param path string
function M.open_file(path)
  local buffer = vim.fn.bufadd(path)
  vim.fn.bufload(buffer)
  -- The file may have been written anew.
  vim.api.nvim_buf_call(buffer, function()
    vim.cmd('silent! checktime')
  end)
  vim.bo[buffer].buflisted = false
  vim.bo[buffer].autoread = true
  show(buffer)
end

--- Shows lines that stand in no file.
---@param name string
---@param lines string[]
---@param filetype string?
function M.open_lines(name, lines, filetype)
  local buffer = vim.fn.bufadd(name)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = filetype or ''
  show(buffer)
end

return M
