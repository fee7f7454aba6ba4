---@meta io

--- Files, processes and the standard streams. All of it waits for the operating system: work with files belongs into a
--- thread pool, by `msys.runInPool`.
---@class io
---@global
---@field stdin file* Standard input.
---@field stdout file* Standard output.
---@field stderr file* Standard error.
io = {}

---@alias io.mode
---| "r" # Reads; the file must exist. The default.
---| "w" # Writes; what was in the file is lost.
---| "a" # Writes at the end.
---| "r+" # Reads and writes; the file must exist.
---| "w+" # Reads and writes; what was in the file is lost.
---| "a+" # Reads, and writes at the end.
---| "rb" # As `r`: there is no difference on Unix.
---| "wb" # As `w`.
---| "ab" # As `a`.
---| "r+b" # As `r+`.
---| "w+b" # As `w+`.
---| "a+b" # As `a+`.
---| "rb+" # As `r+`.
---| "wb+" # As `w+`.
---| "ab+" # As `a+`.

---@alias io.format
---| "*l" # The next line, without its end; the default.
---| "*a" # All the rest; an empty text at the end of the file.
---| "*n" # A number.

--- Opens a file.
---@param path string
---@param mode? io.mode
---@return file*? file nil when it cannot be opened.
---@return string? error Path and reason.
---@return integer? code The operating system's number for the reason.
---@nilcrash path
---@blocking
---@trap It does not raise when the file is missing: check the first result.
---@trap A file that is not closed stays open until the garbage collector finds it.
---@fidelity fixture
function io.open(path, mode) end

--- Starts a program by the shell and connects it with a file.
---@param command string A shell's command line.
---@param mode? "r"|"w" `r` reads what it prints, `w` writes to it.
---@return file*? file nil when it cannot be started.
---@return string? error Why not.
---@return integer? code The operating system's number for the reason.
---@nilcrash command
---@blocking
---@trap The shell reads the text: what comes from mail or the network must not get into it.
---@fidelity fixture
function io.popen(command, mode) end

--- Opens a file for reading; each call of the result gives the next line, and the end closes it.
---@param path? string The default input when left out, which is not closed.
---@return fun(): string? next
---@raises the file cannot be opened, or reading fails
---@blocking
---@trap It raises when the file is missing; `io.open` does not.
---@trap A loop that is left early leaves the file open.
---@fidelity fixture
function io.lines(path) end

--- Reads from the default input.
---@param ... io.format|integer What to read, one for each result; a number is that many bytes.
---@return string? value nil at the end of the input; a number for `*n`.
---@return (string|number)?... more
---@raises a format is unknown, or the default input is closed
---@blocking
---@fidelity fixture
function io.read(...) end

--- Writes to the default output.
---@param ... string|number
---@return true? written nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises an argument is neither text nor number, or the default output is closed
---@trap It returns true, not the file: calls cannot be chained.
---@fidelity modelled
function io.write(...) end

--- Writes out what the default output still holds back.
---@return true? flushed nil when it failed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises the default output is closed
---@fidelity modelled
function io.flush() end

--- Closes a file.
---@param file? file* The default output when left out.
---@return true? closed nil when it failed; the standard streams cannot be closed.
---@return string? error Why.
---@return integer? code The operating system's number for the reason.
---@raises `file` is no file, or closed already
---@blocking
---@fidelity fixture
function io.close(file) end

--- Gives the default input, or sets another one.
---@param file? string|file* A path or an open file; none changes nothing.
---@return file* file The default input from now on.
---@raises the file cannot be opened
---@blocking
---@trap It holds for the whole process.
---@fidelity fixture
function io.input(file) end

--- Gives the default output, or sets another one.
---@param file? string|file* A path, whose content is lost, or an open file; none changes nothing.
---@return file* file The default output from now on.
---@raises the file cannot be opened
---@blocking
---@trap It holds for the whole process.
---@fidelity fixture
function io.output(file) end

--- Opens a new file without a name, for reading and writing; it is gone when it is closed.
---@return file*? file nil when it cannot be made.
---@return string? error Why not.
---@return integer? code The operating system's number for the reason.
---@blocking
---@fidelity fixture
function io.tmpfile() end

--- Tells whether a value is a file of this library.
---@param v any
---@return "file"|"closed file"|nil kind nil when it is none.
---@raises called with no argument
---@fidelity modelled
function io.type(v) end
