---@meta

--- A file, from `io.open` and its like. The garbage collector closes it at last; `file:close()` does it in time.
---@class file*
---@receiver file
local file = {}

--- Closes the file; for one of `io.popen`, waits for the program.
---@return true? closed nil when it failed; the standard streams cannot be closed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises the file is closed already
---@blocking
---@trap The exit status of a program is not to be had.
---@fidelity fixture
function file:close() end

--- Writes out what is still held back.
---@return true? flushed nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises the file is closed
---@blocking
---@fidelity fixture
function file:flush() end

--- Gives a function for `for`: each call gives the next line, without its end. The file stays open.
---@return fun(): string? next
---@raises the file is closed, or reading fails
---@blocking
---@fidelity fixture
function file:lines() end

--- Reads; a line when nothing else is asked for.
---@param ... io.format|integer What to read, one for each result; a number is that many bytes, 0 asks whether the end is reached.
---@return string? value nil at the end of the file; a number for `*n`.
---@return (string|number)?... more Nothing follows the first nil.
---@raises a format is unknown, or the file is closed
---@blocking
---@trap The star belongs to the format: `read("a")` raises, `read("*a")` does not.
---@trap After an error the results are nil, the reason and its number.
---@fidelity fixture
function file:read(...) end

--- Moves to another place and tells where it is.
---@param whence? "set"|"cur"|"end" Counted from the beginning, from here, or from the end; `cur` when left out.
---@param offset? integer Bytes; 0 when left out.
---@return integer? position Bytes from the beginning; nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises the file is closed, or `whence` is none of them
---@blocking
---@fidelity fixture
function file:seek(whence, offset) end

--- Sets how writing is held back.
---@param mode "no"|"full"|"line" Not at all, until the buffer is full, or until the line ends.
---@param size? integer Bytes of the buffer.
---@return true? set nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@nilcrash mode
---@raises the file is closed, or `mode` is none of them
---@fidelity recorded
function file:setvbuf(mode, size) end

--- Writes.
---@param ... string|number
---@return true? written nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises an argument is neither text nor number, or the file is closed
---@blocking
---@trap It returns true, not the file: calls cannot be chained.
---@trap Numbers come out with 14 significant digits.
---@fidelity fixture
function file:write(...) end
