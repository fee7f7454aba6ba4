---@meta buffer

--- Rows of bytes of a fixed size that can be changed in place. Momentum's pages do not know them.
---@class buffer
---@global
---@undocumented
buffer = {}

--- Makes a buffer.
---@param content string|integer A text: the buffer holds it and has room for just it. A number: an empty buffer with room for that many bytes.
---@return byte_buffer buffer
---@nilcrash content
---@raises `content` is neither
---@undocumented
---@trap A text that is a number counts as a number: `buffer.new("16")` is empty and has room for 16 bytes.
---@trap With no argument, or more than one, it returns nothing.
---@fidelity modelled
function buffer.new(content) end
