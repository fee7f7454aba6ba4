--- Counts how often the server ended by itself, so that one that cannot stay is left alone.
local M = {}

local LIMIT = 4
local WITHIN_SECONDS = 3 * 60

---@type number[] when it ended, in seconds
local ends = {}

--- Takes in that a server ended; gives how often that was within three minutes, this time included.
function M.ended()
  local now = vim.uv.hrtime() / 1e9
  ends = vim.tbl_filter(function(time)
    return time >= now - WITHIN_SECONDS
  end, ends)
  ends[#ends + 1] = now
  return #ends
end

--- Whether it ended so often that it is not started again until somebody asks for it.
function M.too_often()
  return #ends >= LIMIT
end

--- Begins anew: somebody asked for the server.
function M.forget()
  ends = {}
end

return M
