---@meta os

--- Time, environment and the file system.
---@class os
---@global
os = {}

--- What `os.time` reads. Texts that are numbers do as well.
---@class os.time_fields
---@field year integer|string
---@field month integer|string 1 to 12.
---@field day integer|string 1 to 31; what lies outside moves the month.
---@field hour? integer|string 12 when left out.
---@field min? integer|string 0 when left out.
---@field sec? integer|string 0 when left out.
---@field isdst? boolean Whether the time is daylight saving time.

--- What `os.date("*t")` gives.
---@class os.date_fields
---@field year integer
---@field month integer 1 to 12.
---@field day integer 1 to 31.
---@field hour integer 0 to 23.
---@field min integer 0 to 59.
---@field sec integer 0 to 60.
---@field wday integer 1 is Sunday.
---@field yday integer 1 to 366.
---@field isdst? boolean Whether it is daylight saving time; absent where that is not known.

---@alias os.locale_category "all"|"collate"|"ctype"|"monetary"|"numeric"|"time"

--- Gives the processor time that the server has used, in seconds.
---@return number seconds
---@trap It counts the whole process with all its threads: it does not measure a callout.
---@fidelity modelled
function os.clock() end

--- Writes a time as text.
---@param format? string Conversions of C's `strftime`; a leading `!` means UTC. `%c` when left out. `*t` gives a table.
---@param time? number Seconds since 1970; now when left out.
---@return string text
---@overload fun(format: "*t"|"!*t", time?: number): os.date_fields
---@trap A time that C cannot represent gives nil.
---@trap Names of days and months follow the process's locale; header fields need the English ones.
---@fidelity modelled
function os.date(format, time) end

--- Gives the seconds from one time to another.
---@param later number
---@param earlier? number 0 when left out.
---@return number seconds
---@nilcrash later
---@fidelity modelled
function os.difftime(later, earlier) end

--- Runs a command by the shell and waits for its end.
---@param command? string A shell's command line; none asks whether there is a shell.
---@return integer status As C's `system` has it: 0 for success, 256 times the exit status otherwise. Not 0 when there is a shell.
---@blocking
---@trap 0 is true in Lua: compare it, `if os.execute(…) == 0`.
---@trap The shell reads the text: what comes from mail or the network must not get into it.
---@fidelity fixture
function os.execute(command) end

--- Ends the whole server.
---@param code? integer Exit status; 0 when left out.
---@trap It ends the server, not the script, with all its connections and threads. A script ends by `return`.
---@fidelity recorded
function os.exit(code) end

--- Reads an environment variable of the server.
---@param name string
---@return string? value nil when it is not set.
---@nilcrash name
---@fidelity fixture
function os.getenv(name) end

--- Sets or removes an environment variable of the server.
---@param name string
---@param value? string nil removes it.
---@param overwrite? boolean false leaves a variable that is set already; true when left out.
---@return true? set nil when it failed.
---@return string? error Name and reason.
---@return integer? code The operating system's number for the reason.
---@nilcrash name
---@trap It holds for the whole process and is not safe while other threads read the environment: use it in `init` alone.
---@fidelity recorded
function os.setenv(name, value, overwrite) end

--- Removes a file or an empty folder.
---@param path string
---@return true? removed nil when it failed.
---@return string? error Path and reason.
---@return integer? code The operating system's number for the reason.
---@nilcrash path
---@blocking
---@fidelity recorded
function os.remove(path) end

--- Renames or moves a file, within one file system. A file of the new name is replaced.
---@param from string
---@param to string
---@return true? renamed nil when it failed.
---@return string? error Path and reason.
---@return integer? code The operating system's number for the reason.
---@nilcrash from, to
---@blocking
---@fidelity recorded
function os.rename(from, to) end

--- Sets the locale, or asks for it.
---@param locale? string nil asks; `C` is the neutral one, an empty text the environment's.
---@param category? os.locale_category `all` when left out.
---@return string? locale Its name; nil when there is no such locale.
---@raises `category` is none of them
---@trap It holds for the whole process, all threads included.
---@fidelity recorded
function os.setlocale(locale, category) end

--- Gives the time in seconds since 1970, now or of a date in local time.
---@param fields? os.time_fields now when left out.
---@return integer? seconds nil when the date cannot be represented.
---@overload fun(): integer
---@raises year, month or day is missing in `fields`
---@trap Hours that are left out are 12, not 0.
---@fidelity modelled
function os.time(fields) end

--- Makes an empty file for temporary use.
---@return string path
---@raises there is no free name
---@blocking
---@trap The file stays until it is removed.
---@fidelity recorded
function os.tmpname() end
