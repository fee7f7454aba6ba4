---@meta posix

--- The operating system's calls, by luaposix. Momentum's pages do not know it. Most of it is of no use to policy, and
--- some of it ends the server.
---@class posix
---@global
---@undocumented
posix = {}

--- Limits of a process.
---@alias posix.resource "core"|"cpu"|"data"|"fsize"|"memlock"|"nofile"|"nproc"|"rss"|"stack"

--- A time taken apart.
---@class posix.time
---@field sec integer
---@field min integer
---@field hour integer
---@field monthday integer From 1.
---@field month integer From 1.
---@field year integer In full.
---@field weekday integer 0 is Sunday.
---@field yearday integer From 0.
---@field is_dst boolean Whether it is summer time.

--- Version of the library, as text.
---@type string
---@undocumented
posix.version = nil

--- Signal handlers by number: a function, or `SIG_DFL` or `SIG_IGN` as text.
---@type table<integer, function|string>
---@undocumented
---@trap The handlers are those of the whole mail server, which needs its own.
posix.signal = nil

-- Why a call failed: its third result. The numbers are those of Linux.

--- The arguments are too long.
---@type integer
---@constant posix.error_number
---@undocumented
posix.E2BIG = 7

--- The permission is missing.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EACCES = 13

--- The address is in use.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EADDRINUSE = 98

--- The address is none of this host.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EADDRNOTAVAIL = 99

--- The family of addresses is not known.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EAFNOSUPPORT = 97

--- It would have to wait: try again.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EAGAIN = 11

--- It is under way already.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EALREADY = 114

--- The descriptor is not open.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EBADF = 9

--- The message is malformed.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EBADMSG = 74

--- It is in use.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EBUSY = 16

--- It was cancelled.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ECANCELED = 125

--- There is no child process.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ECHILD = 10

--- The connection was ended on this side.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ECONNABORTED = 103

--- The connection was refused.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ECONNREFUSED = 111

--- The other side ended the connection.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ECONNRESET = 104

--- Waiting would never end.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EDEADLK = 35

--- The address to send to is missing.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EDESTADDRREQ = 89

--- The argument is outside of what the function is defined for.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EDOM = 33

--- The file is there already.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EEXIST = 17

--- The address in memory is wrong.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EFAULT = 14

--- The file is too large.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EFBIG = 27

--- No way leads to the host.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EHOSTUNREACH = 113

--- What it was about was removed.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EIDRM = 43

--- The bytes are no character.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EILSEQ = 84

--- It was begun and goes on.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EINPROGRESS = 115

--- A signal came.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EINTR = 4

--- The argument is wrong.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EINVAL = 22

--- Reading or writing failed.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EIO = 5

--- The socket is connected.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EISCONN = 106

--- It is a folder.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EISDIR = 21

--- Symbolic links lead in a circle.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ELOOP = 40

--- The process has too many files open.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EMFILE = 24

--- The file has too many links.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EMLINK = 31

--- The message is too long.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EMSGSIZE = 90

--- The name is too long.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENAMETOOLONG = 36

--- The network is down.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENETDOWN = 100

--- The network ended the connection.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENETRESET = 102

--- No way leads to the network.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENETUNREACH = 101

--- The system has too many files open.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENFILE = 23

--- There is no room in buffers.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOBUFS = 105

--- There is nothing to read.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENODATA = 61

--- There is no such device.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENODEV = 19

--- There is no such file or folder.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOENT = 2

--- The file is no program.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOEXEC = 8

--- There are no locks left.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOLCK = 37

--- There is no memory.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOMEM = 12

--- There is no such message.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOMSG = 42

--- The option is not known to the protocol.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOPROTOOPT = 92

--- There is no room on the disk.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOSPC = 28

--- There is no room in streams.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOSR = 63

--- It is no stream.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOSTR = 60

--- The system does not have the function.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOSYS = 38

--- The socket is not connected.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTCONN = 107

--- It is no folder.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTDIR = 20

--- The folder is not empty.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTEMPTY = 39

--- It is no socket.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTSOCK = 88

--- It is not supported.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTSUP = 95

--- It is no terminal.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENOTTY = 25

--- There is no such device or address.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ENXIO = 6

--- The socket does not know it.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EOPNOTSUPP = 95

--- The value is too large for its type.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EOVERFLOW = 75

--- It is not allowed.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EPERM = 1

--- Nobody reads from the other end.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EPIPE = 32

--- The protocol was violated.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EPROTO = 71

--- The protocol is not known.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EPROTONOSUPPORT = 93

--- The protocol does not fit the socket.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EPROTOTYPE = 91

--- The result is too large.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ERANGE = 34

--- The file system is read-only.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EROFS = 30

--- What is open has no places to go to.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ESPIPE = 29

--- There is no such process.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ESRCH = 3

--- The time is over.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ETIME = 62

--- The connection took too long.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ETIMEDOUT = 110

--- The program is running.
---@type integer
---@constant posix.error_number
---@undocumented
posix.ETXTBSY = 26

--- The same as `posix.EAGAIN` on Linux.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EWOULDBLOCK = 11

--- The link would lead to another file system.
---@type integer
---@constant posix.error_number
---@undocumented
posix.EXDEV = 18

-- Signals, by the numbers of Linux.

--- The process ended itself.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGABRT = 6

--- An alarm went off.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGALRM = 14

--- Memory was accessed in a wrong way.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGBUS = 7

--- A child process ended or stopped.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGCHLD = 17

--- Go on after a stop.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGCONT = 18

--- Arithmetic went wrong.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGFPE = 8

--- The terminal was closed; many servers read their configuration again.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGHUP = 1

--- The processor does not know the instruction.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGILL = 4

--- Interrupted from the terminal.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGINT = 2

--- End at once; cannot be caught.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGKILL = 9

--- Nobody reads from the other end.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGPIPE = 13

--- Ended from the terminal, with a core dump.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGQUIT = 3

--- Memory was accessed that is not the process's.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGSEGV = 11

--- Stop; cannot be caught.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGSTOP = 19

--- End.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGTERM = 15

--- Stopped from the terminal.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGTSTP = 20

--- Read from the terminal in the background.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGTTIN = 21

--- Wrote to the terminal in the background.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGTTOU = 22

--- Of the program's own use.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGUSR1 = 10

--- Of the program's own use, too.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGUSR2 = 12

--- A descriptor is ready.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGPOLL = 29

--- The profiling timer went off.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGPROF = 27

--- A wrong call of the system.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGSYS = 31

--- A break point.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGTRAP = 5

--- Urgent data came.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGURG = 23

--- The timer of the process's own time went off.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGVTALRM = 26

--- The process used more time than it may.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGXCPU = 24

--- A file became larger than it may.
---@type integer
---@constant posix.signal_number
---@undocumented
posix.SIGXFSZ = 25

-- Who writes to the system log.

--- Security.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_AUTH = 32

--- Security, private.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_AUTHPRIV = 80

--- Clock daemons.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_CRON = 72

--- Other daemons.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_DAEMON = 24

--- FTP.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_FTP = 88

--- The kernel.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_KERN = 0

--- The site's own, 0.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL0 = 128

--- The site's own, 1.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL1 = 136

--- The site's own, 2.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL2 = 144

--- The site's own, 3.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL3 = 152

--- The site's own, 4.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL4 = 160

--- The site's own, 5.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL5 = 168

--- The site's own, 6.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL6 = 176

--- The site's own, 7.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LOCAL7 = 184

--- Printing.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_LPR = 48

--- Mail.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_MAIL = 16

--- News.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_NEWS = 56

--- The system log itself.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_SYSLOG = 40

--- Programs of users.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_USER = 8

--- UUCP.
---@type integer
---@constant posix.log_facility
---@undocumented
posix.LOG_UUCP = 64

-- How urgent an entry of the system log is.

--- The system cannot be used.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_EMERG = 0

--- Somebody has to act at once.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_ALERT = 1

--- Critical.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_CRIT = 2

--- An error.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_ERR = 3

--- A warning.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_WARNING = 4

--- Worth noting.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_NOTICE = 5

--- Information.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_INFO = 6

--- For finding faults.
---@type integer
---@constant posix.log_priority
---@undocumented
posix.LOG_DEBUG = 7

-- Constants of C's library for files, as on Linux. No function takes them.

--- Writing is collected until a buffer is full.
---@type integer
---@constant posix.stdio
---@undocumented
posix._IOFBF = 0

--- Writing is collected until a line ends.
---@type integer
---@constant posix.stdio
---@undocumented
posix._IOLBF = 1

--- Writing is not collected.
---@type integer
---@constant posix.stdio
---@undocumented
posix._IONBF = 2

--- Bytes of the usual buffer.
---@type integer
---@constant posix.stdio
---@undocumented
posix.BUFSIZ = 8192

--- What C functions give at the end of a file.
---@type integer
---@constant posix.stdio
---@undocumented
posix.EOF = -1

--- Files that a program may count on to have open.
---@type integer
---@constant posix.stdio
---@undocumented
posix.FOPEN_MAX = 16

--- Bytes that a file name may have.
---@type integer
---@constant posix.stdio
---@undocumented
posix.FILENAME_MAX = 4096

--- Ends the process at once, without cleaning up.
---@param status integer
---@requires posix
---@undocumented
---@nilcrash status
---@trap It ends the mail server.
---@fidelity recorded
function posix._exit(status) end

--- Ends the process with a core dump.
---@requires posix
---@undocumented
---@trap It ends the mail server.
---@fidelity recorded
function posix.abort() end

--- Tells whether a file may be used in a way.
---@param path string
---@param mode? string Letters of `rwxf`; `f`, there at all, when left out.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.access(path, mode) end

--- Gives the last part of a path.
---@param path string
---@return string name
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.basename(path) end

--- Changes the working folder of the whole process.
---@param path string
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@trap It holds for the whole mail server.
---@fidelity recorded
function posix.chdir(path) end

--- Changes the permissions of a file.
---@param path string
---@param mode string As `rwxr-x---` or `u+w,go-rwx`.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path, mode
---@fidelity recorded
function posix.chmod(path, mode) end

--- Changes the owner of a file.
---@param path string
---@param uid string|integer User, by name or number.
---@param gid string|integer Group, by name or number.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.chown(path, uid, gid) end

--- Gives how exact a clock is.
---@param clock? "monotonic"|"process_cputime_id"|"thread_cputime_id"|"realtime" The wall clock when left out.
---@return number? seconds nil on failure.
---@return number|string|nil nanoseconds The error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.clock_getres(clock) end

--- Reads a clock.
---@param clock? "monotonic"|"process_cputime_id"|"thread_cputime_id"|"realtime" The wall clock when left out.
---@return number? seconds nil on failure.
---@return number|string|nil nanoseconds The error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.clock_gettime(clock) end

--- Closes the connection to the system log.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.closelog() end

--- Hashes a password as the system does.
---@param password string
---@param salt string At least two characters.
---@return string? hash
---@requires posix
---@undocumented
---@nilcrash password, salt
---@fidelity recorded
function posix.crypt(password, salt) end

--- Gives the name of the controlling terminal.
---@return string path
---@requires posix
---@undocumented
---@fidelity recorded
function posix.ctermid() end

--- Lists a folder.
---@param path? string The working folder when left out.
---@return string[]? names nil on failure.
---@return integer|string|nil count How many there are; the error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@blocking
---@fidelity recorded
function posix.dir(path) end

--- Gives a path without its last part.
---@param path string
---@return string folder
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.dirname(path) end

--- Opens another handle to an open file.
---@param old file*
---@param new? file* Handle to take over.
---@return file*? file nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash old
---@fidelity recorded
function posix.dup(old, new) end

--- Puts an error number into words.
---@param number? integer The last error when left out.
---@return string error
---@return integer errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.errno(number) end

--- Replaces the process by a program.
---@param path string
---@param ... string Arguments.
---@return nil nothing It comes back on failure only.
---@return string error
---@return integer errno
---@requires posix
---@undocumented
---@nilcrash path
---@trap It ends the mail server.
---@fidelity recorded
function posix.exec(path, ...) end

--- Replaces the process by a program that is looked for in `PATH`.
---@param path string
---@param ... string Arguments.
---@return nil nothing It comes back on failure only.
---@return string error
---@return integer errno
---@requires posix
---@undocumented
---@nilcrash path
---@trap It ends the mail server.
---@fidelity recorded
function posix.execp(path, ...) end

--- Makes a file of a descriptor.
---@param fd integer File descriptor.
---@param mode string As for `io.open`.
---@return file*? file nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash fd, mode
---@fidelity recorded
function posix.fdopen(fd, mode) end

--- Gives the descriptor of a file.
---@param file file*
---@return integer? fd nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash file
---@fidelity recorded
function posix.fileno(file) end

--- Goes over a folder: `for name in posix.files(path) do`.
---@param path? string The working folder when left out.
---@return (fun(): string?)? names nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@blocking
---@fidelity recorded
function posix.files(path) end

--- Copies the process.
---@return integer? pid 0 in the copy; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@trap A copy of a process with threads has one thread and all the locks: never in the mail server.
---@fidelity recorded
function posix.fork() end

--- Gives the working folder.
---@return string? path nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getcwd() end

--- Reads an environment variable, or all of them.
---@param name? string
---@return string|table<string, string>|nil value A table of all when no name is given.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getenv(name) end

--- Looks up a group.
---@param group string|integer By name or number.
---@return table? group `name`, `gid` and, from index 0, its members; nil when there is none.
---@requires posix
---@undocumented
---@nilcrash group
---@fidelity recorded
function posix.getgroup(group) end

--- Lists the groups of the process.
---@return integer[]? groups
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getgroups() end

--- Gives the name of the user who logged in.
---@return string? name
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getlogin() end

--- Goes over command-line options: `for value, longindex, next, argument in posix.getopt_long(…) do`.
---@param arg string[] Arguments, with the program at index 0.
---@param shortopts string As for C's `getopt`.
---@param longopts table[] `{ name, "none"|"required"|"optional", value }` each.
---@param opterr? integer Whether errors are printed; 0 when left out.
---@param optind? integer Where to begin; 1 when left out.
---@return fun(): integer?, integer?, integer?, string? options
---@requires posix
---@undocumented
---@nilcrash arg, shortopts, longopts
---@fidelity recorded
function posix.getopt_long(arg, shortopts, longopts, opterr, optind) end

--- Looks up a user.
---@param user? string|integer By name or number; that of the process when left out.
---@param ... "name"|"uid"|"gid"|"dir"|"shell"|"passwd" Fields; a table of all when left out.
---@return any... values Values, or a table; nil when there is none.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getpasswd(user, ...) end

--- Gives identities of the process.
---@param ... "egid"|"euid"|"gid"|"uid"|"pgrp"|"pid"|"ppid" Which; a table of all when left out.
---@return any... values Numbers, or a table.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.getpid(...) end

--- Reads a limit of the process.
---@param resource posix.resource
---@return number? soft nil on failure.
---@return number|string|nil hard The error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash resource
---@fidelity recorded
function posix.getrlimit(resource) end

--- Reads the wall clock.
---@return integer? seconds nil on failure.
---@return integer|string|nil microseconds The error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.gettimeofday() end

--- Lists the files that fit a pattern.
---@param pattern? string `*` when left out.
---@return string[]? paths nil when none fits.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@blocking
---@fidelity recorded
function posix.glob(pattern) end

--- Takes a time apart, in UTC.
---@param time? integer Seconds since 1970; now when left out.
---@return posix.time? time nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.gmtime(time) end

--- Gives the number of this host.
---@return string id
---@requires posix
---@undocumented
---@fidelity recorded
function posix.hostid() end

--- Tells whether a character can be seen.
---@param character string Its first byte counts.
---@return boolean result
---@requires posix
---@undocumented
---@nilcrash character
---@fidelity recorded
function posix.isgraph(character) end

--- Tells whether a character can be printed.
---@param character string Its first byte counts.
---@return boolean result
---@requires posix
---@undocumented
---@nilcrash character
---@fidelity recorded
function posix.isprint(character) end

--- Sends a signal to a process.
---@param pid integer
---@param signal? integer `posix.SIGTERM` when left out.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash pid
---@fidelity recorded
function posix.kill(pid, signal) end

--- Makes a link to a file.
---@param old string
---@param new string
---@param symbolic? boolean true for a symbolic link.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash old, new
---@fidelity recorded
function posix.link(old, new, symbolic) end

--- Takes a time apart, in the server's time zone.
---@param time? integer Seconds since 1970; now when left out.
---@return posix.time? time nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.localtime(time) end

--- Makes a folder.
---@param path string
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@blocking
---@fidelity recorded
function posix.mkdir(path) end

--- Makes a named pipe.
---@param path string
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.mkfifo(path) end

--- Opens the connection to the system log.
---@param ident string Name to log under.
---@param option? string Letters of `cnep`: console, at once, standard error, process number.
---@param facility? integer `posix.LOG_USER` when left out.
---@requires posix
---@undocumented
---@nilcrash ident
---@fidelity recorded
function posix.openlog(ident, option, facility) end

--- Gives limits of a file system.
---@param path? string The working folder when left out.
---@param ... string Which; a table of all when left out.
---@return any... values Numbers, or a table.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.pathconf(path, ...) end

--- Makes a pipe.
---@return file*? reader nil on failure.
---@return file*|string|nil writer The error on failure.
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.pipe() end

--- Sends a signal to the process itself.
---@param signal integer
---@return integer result 0 when it worked.
---@requires posix
---@undocumented
---@nilcrash signal
---@fidelity recorded
function posix.raise(signal) end

--- Reads where a symbolic link leads.
---@param path string
---@return string? target nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.readlink(path) end

--- Removes an empty folder.
---@param path string
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@blocking
---@fidelity recorded
function posix.rmdir(path) end

--- Waits until a file can be read.
---@param file file*
---@param timeout integer Milliseconds; -1 for ever.
---@return integer? ready 1 when it can, 0 when the time is over; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash file, timeout
---@blocking
---@fidelity recorded
function posix.rpoll(file, timeout) end

--- Sets the number of the last error.
---@param number integer
---@requires posix
---@undocumented
---@nilcrash number
---@fidelity recorded
function posix.set_errno(number) end

--- Sets an environment variable, or removes it.
---@param name string
---@param value? string nil removes it.
---@param overwrite? boolean false keeps a value that is there; true when left out.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash name
---@trap It holds for the whole mail server and is not safe between threads.
---@fidelity recorded
function posix.setenv(name, value, overwrite) end

--- Sets which priorities the system log takes.
---@param ... integer `posix.LOG_…`
---@return integer? previous nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.setlogmask(...) end

--- Changes identities of the process.
---@param what "u"|"U"|"g"|"G"|"s"|"p" User, effective user, group, effective group, session, process group.
---@param ... string|integer The new identity; process and group for `p`.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash what
---@fidelity recorded
function posix.setpid(what, ...) end

--- Sets a limit of the process.
---@param resource posix.resource
---@param soft? integer nil or negative keeps it.
---@param hard? integer nil or negative keeps it.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash resource
---@fidelity recorded
function posix.setrlimit(resource, soft, hard) end

--- Stops the thread for a while. `msys.sleep` is what policy needs.
---@param seconds integer
---@return integer left Seconds left when a signal came.
---@requires posix
---@undocumented
---@nilcrash seconds
---@blocking
---@trap It stops the thread, the scheduler included: use `msys.sleep`.
---@fidelity recorded
function posix.sleep(seconds) end

--- Tells about a file; a symbolic link is not followed.
---@param path string
---@param ... "mode"|"ino"|"dev"|"nlink"|"uid"|"gid"|"size"|"atime"|"mtime"|"ctime"|"type" Fields; a table of all when left out.
---@return any... values Values, or a table; nil, error and number on failure.
---@requires posix
---@undocumented
---@nilcrash path
---@blocking
---@fidelity recorded
function posix.stat(path, ...) end

--- Writes a time as text, at most 255 bytes.
---@param format string As for C's `strftime`.
---@param time? posix.time Now, in the server's time zone, when left out.
---@return string text
---@requires posix
---@undocumented
---@nilcrash format
---@trap The fields are used as C has them: month from 0 and year from 1900, not as `posix.localtime` gives them.
---@fidelity recorded
function posix.strftime(format, time) end

--- Gives limits of the system.
---@param ... string Which; a table of all when left out.
---@return any... values Numbers, or a table.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.sysconf(...) end

--- Writes to the system log.
---@param priority integer `posix.LOG_…`
---@param message string
---@requires posix
---@undocumented
---@nilcrash priority, message
---@blocking
---@fidelity recorded
function posix.syslog(priority, message) end

--- Reads the wall clock in seconds.
---@return number? time Seconds since 1970; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.time() end

--- Gives the time that the process used.
---@param ... "utime"|"stime"|"cutime"|"cstime"|"elapsed" Which; a table of all when left out.
---@return any... values Seconds, or a table.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.times(...) end

--- Gives the name of a terminal.
---@param fd? integer 0 when left out.
---@return string? path
---@requires posix
---@undocumented
---@fidelity recorded
function posix.ttyname(fd) end

--- Reads which permissions new files may have, or sets it.
---@param mode? string As for `posix.chmod`.
---@return string? mode As `rwxr-xr-x`; nil when `mode` is malformed.
---@requires posix
---@undocumented
---@fidelity recorded
function posix.umask(mode) end

--- Tells about the system.
---@param format? string With `%s` system, `%n` host, `%r` release, `%v` version, `%m` machine.
---@return string? text nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@fidelity recorded
function posix.uname(format) end

--- Deletes a file.
---@param path string
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@blocking
---@fidelity recorded
function posix.unlink(path) end

--- Sets the times of a file.
---@param path string
---@param mtime? number Of the last change; now when left out.
---@param atime? number Of the last use; now when left out.
---@return integer? result 0 when it worked; nil on failure.
---@return string? error
---@return integer? errno
---@requires posix
---@undocumented
---@nilcrash path
---@fidelity recorded
function posix.utime(path, mtime, atime) end

--- Waits for a process that was forked.
---@param pid? integer Any when left out.
---@return integer? pid nil on failure.
---@return string? how `exited`, `killed` or `stopped`; the error on failure.
---@return integer? code Status or signal; the error's number on failure.
---@requires posix
---@undocumented
---@blocking
---@fidelity recorded
function posix.wait(pid) end
