---@meta

--- A row of bytes of a fixed size, from `buffer.new`. `#` gives the bytes that it holds, `tostring` gives them as text.
--- Places count from 0.
---@class byte_buffer
---@undocumented
local byte_buffer = {}

--- Puts text into the buffer, at the end when no place is given. What does not fit is lost.
---@param text string|number
---@param offset? integer Place of the first byte.
---@return integer written How many bytes fitted.
---@nilcrash text
---@undocumented
---@trap The buffer ends behind what was written: writing into the middle cuts off the rest.
---@fidelity modelled
function byte_buffer:write(text, offset) end

--- Gives the bytes from `first` up to, not including, `last` as text.
---@param first? integer 0 when left out.
---@param last? integer The end when left out.
---@return string? text nil when a place is negative or behind the end.
---@undocumented
---@trap A `first` behind `last` reads foreign memory and may crash the server.
---@fidelity modelled
function byte_buffer:string(first, last) end

--- Gives a part as a buffer that shares the bytes: what is written into one shows in the other.
---@param offset? integer 0 when left out.
---@param length? integer How many bytes; as many as the whole buffer holds when left out.
---@return byte_buffer? part nil when it would reach behind the buffer's room.
---@undocumented
---@trap With an offset, give the length as well: the default is that of the whole buffer.
---@fidelity modelled
function byte_buffer:slice(offset, length) end

--- Copies bytes into another buffer, which ends behind them. What does not fit is lost.
---@param target byte_buffer
---@param target_offset? integer 0 when left out; -1 is the end.
---@param offset? integer Place of the first byte to copy; 0 when left out.
---@param length? integer How many; -1, all from there on, when left out.
---@return integer copied How many bytes fitted.
---@nilcrash target
---@undocumented
---@fidelity modelled
function byte_buffer:copy(target, target_offset, offset, length) end
