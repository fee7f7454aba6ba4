---@meta curl

--- Transfers over HTTP, FTP and other protocols, by libcurl. `require("curl")` also sets the global `curl`.
---
--- libcurl's constants `CURL_NAME` and `CURLNAME` are `curl.NAME` here, `CURLOPT_NAME` is `curl.OPT_NAME`.
---@class curl
---@global
---@page momentum/4/lua/ref-curl-c-setopt
curl = {}

--- Any option of `c:setopt`.
---@alias curl.option curl.string_option|curl.list_option|curl.number_option|curl.boolean_option|curl.function_option|curl.data_option

-- Options that take a text, or nil to clear them.

--- Path of a file with the authorities that are trusted.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CAINFO = nil

--- Path of a folder with the authorities that are trusted.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CAPATH = nil

--- Cookies to send, as `name=value; name=value`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_COOKIE = nil

--- Path of a file to read cookies from; an empty text just turns cookies on.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_COOKIEFILE = nil

--- Path of a file to write cookies to when the object is closed.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_COOKIEJAR = nil

--- Method in place of the usual one, such as `DELETE`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CUSTOMREQUEST = nil

--- Path of a socket that gives random numbers.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_EGDSOCKET = nil

--- Compressions that are taken, such as `gzip`; an empty text for all.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_ENCODING = nil

--- Address for the server to connect to, which turns active FTP on.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTPPORT = nil

--- Account that an FTP server asks for.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_ACCOUNT = nil

--- Network interface or address to send from.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_INTERFACE = nil

--- Security of Kerberos in FTP.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_KRB4LEVEL = nil

--- Path of a file with passwords.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_NETRC_FILE = nil

--- Body of a POST.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_POSTFIELDS = nil

--- Proxy, as `host:port`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROXY = nil

--- User and password for the proxy, as `user:password`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROXYUSERPWD = nil

--- Path of a file to seed random numbers from.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_RANDOM_FILE = nil

--- Part of the resource to fetch, such as `0-499`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_RANGE = nil

--- Value of the header Referer.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_REFERER = nil

--- Source of an FTP transfer between two servers.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SOURCE_URL = nil

--- User and password at that source.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SOURCE_USERPWD = nil

--- Path of the client certificate.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLCERT = nil

--- Format of the certificate, `PEM` or `DER`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLCERTTYPE = nil

--- Name of the crypto engine.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLENGINE = nil

--- Path of the private key.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLKEY = nil

--- Password of the private key.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLKEYPASSWD = nil

--- Format of the private key: `PEM`, `DER` or `ENG`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLKEYTYPE = nil

--- Ciphers to use.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSL_CIPHER_LIST = nil

--- Address to work on.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_URL = nil

--- Value of the header User-Agent.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_USERAGENT = nil

--- User and password, as `user:password`.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_USERPWD = nil

--- Text with more about the transfer; libcurl does nothing with it.
---@type integer
---@constant curl.string_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_WRITEINFO = nil

-- Options that take texts, one argument each, or nil to clear them.

--- Status lines that count as `HTTP 200`.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTP200ALIASES = nil

--- Headers to send, a whole line each.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTPHEADER = nil

--- Parts of a form.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTPPOST = nil

--- FTP commands to send after the transfer.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_POSTQUOTE = nil

--- FTP commands to send just before the transfer.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PREQUOTE = nil

--- FTP commands to send before the transfer.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_QUOTE = nil

--- FTP commands to send to the source after a transfer between servers.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SOURCE_POSTQUOTE = nil

--- FTP commands to send to the source just before such a transfer.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SOURCE_PREQUOTE = nil

--- FTP commands to send to the source before such a transfer.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SOURCE_QUOTE = nil

--- Telnet options to negotiate.
---@type integer
---@constant curl.list_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TELNETOPTIONS = nil

-- Options that take a number.

--- Preferred size of the receive buffer, in bytes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_BUFFERSIZE = nil

--- Which connection is closed when there are too many.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CLOSEPOLICY = nil

--- Seconds that connecting may take.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CONNECTTIMEOUT = nil

--- Seconds that names are kept; -1 for ever.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_DNS_CACHE_TIMEOUT = nil

--- How TLS is asked for in FTP.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTPSSLAUTH = nil

--- Seconds that an FTP server may take to answer.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_RESPONSE_TIMEOUT = nil

--- Whether FTP uses TLS.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_SSL = nil

--- Methods of authentication, as a sum of `curl.AUTH_…`.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTPAUTH = nil

--- HTTP version, as `curl.HTTP_VERSION_…`.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTP_VERSION = nil

--- Size of what is uploaded, in bytes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_INFILESIZE = nil

--- The same for large sizes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_INFILESIZE_LARGE = nil

--- Whether names are resolved to IPv4 or IPv6.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_IPRESOLVE = nil

--- Bytes a second below which a transfer is too slow.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_LOW_SPEED_LIMIT = nil

--- Seconds that it may be too slow before it is ended.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_LOW_SPEED_TIME = nil

--- Connections to keep open.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_MAXCONNECTS = nil

--- Bytes that a file may have.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_MAXFILESIZE = nil

--- The same for large sizes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_MAXFILESIZE_LARGE = nil

--- Redirections to follow at most; -1 for any number.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_MAXREDIRS = nil

--- Whether the file with passwords is used.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_NETRC = nil

--- Port in place of that of the address.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PORT = nil

--- Size of the body of a POST, in bytes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_POSTFIELDSIZE = nil

--- The same for large sizes.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_POSTFIELDSIZE_LARGE = nil

--- Methods of authentication at the proxy, as a sum of `curl.AUTH_…`.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROXYAUTH = nil

--- Port of the proxy.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROXYPORT = nil

--- Kind of proxy, as `curl.PROXY_…`.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROXYTYPE = nil

--- Byte to go on from.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_RESUME_FROM = nil

--- The same for large files.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_RESUME_FROM_LARGE = nil

--- TLS version.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLVERSION = nil

--- 2 checks that the certificate is for this host, 0 does not.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSL_VERIFYHOST = nil

--- How `OPT_TIMEVALUE` is understood.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TIMECONDITION = nil

--- Seconds that the whole transfer may take.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TIMEOUT = nil

--- Time, in seconds since 1970, that the resource must have changed since.
---@type integer
---@constant curl.number_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TIMEVALUE = nil

-- Options that take true or false, and no number.

--- Set the header Referer when a redirection is followed.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_AUTOREFERER = nil

--- Leave out session cookies from before.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_COOKIESESSION = nil

--- Turn line ends to CRLF in uploads.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_CRLF = nil

--- Keep names for all objects; not safe between threads.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_DNS_USE_GLOBAL_CACHE = nil

--- Take HTTP statuses from 400 on for failures.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FAILONERROR = nil

--- Ask for the time of the last change.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FILETIME = nil

--- Follow redirections.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FOLLOWLOCATION = nil

--- Close the connection afterwards.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FORBID_REUSE = nil

--- Open a new connection.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FRESH_CONNECT = nil

--- Append to the file.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTPAPPEND = nil

--- List names alone.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTPLISTONLY = nil

--- Make folders that are missing.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_CREATE_MISSING_DIRS = nil

--- Use the command EPRT.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_USE_EPRT = nil

--- Use the command EPSV.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_FTP_USE_EPSV = nil

--- Put the headers of the answer before its body.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HEADER = nil

--- Back to GET.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTPGET = nil

--- Tunnel through the proxy.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HTTPPROXYTUNNEL = nil

--- Leave out the body: HEAD.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_NOBODY = nil

--- Do not call the progress function; true to begin with.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_NOPROGRESS = nil

--- Use no signals; true to begin with, and it must stay so in the server.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_NOSIGNAL = nil

--- Send a POST.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_POST = nil

--- Send a PUT.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PUT = nil

--- Make the engine the default for everything.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSLENGINE_DEFAULT = nil

--- Check the server's certificate.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SSL_VERIFYPEER = nil

--- Send small packets at once.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TCP_NODELAY = nil

--- Transfer as text in FTP.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_TRANSFERTEXT = nil

--- Send user and password to other hosts too when redirected.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_UNRESTRICTED_AUTH = nil

--- Upload.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_UPLOAD = nil

--- Tell on standard error what happens.
---@type integer
---@constant curl.boolean_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_VERBOSE = nil

-- Options that take a function.

--- Gives what is uploaded: `function(data, size)` returns at most `size` bytes as text, or nil at the end.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_READFUNCTION = nil

--- Takes what comes in: `function(data, text)` returns how many bytes it took.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_WRITEFUNCTION = nil

--- Takes the headers that come in: `function(data, text)` returns how many bytes it took.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HEADERFUNCTION = nil

--- Told about progress: `function(data, down_total, down_now, up_total, up_now)` returns 0 or nothing to go on.
---@trap It is called only when `curl.OPT_NOPROGRESS` is set to false.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROGRESSFUNCTION = nil

--- Asked to control the input: `function(data, command)` returns `curl.IOE_…`.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_IOCTLFUNCTION = nil

--- Moves in the input: `function(data, offset, origin)` returns 0 when it did, 1 when it failed, 2 when it cannot.
---@type integer
---@constant curl.function_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SEEKFUNCTION = nil

-- Options that take what a function is given as its first argument.

--- First argument of the read function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_READDATA = nil

--- First argument of the write function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_WRITEDATA = nil

--- First argument of the header function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_HEADERDATA = nil

--- First argument of the progress function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_PROGRESSDATA = nil

--- First argument of the control function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_IOCTLDATA = nil

--- First argument of the seek function; the object itself when it is not set.
---@type integer
---@constant curl.data_option
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_SEEKDATA = nil

-- Names that stand in the page's text for any option and any constant.

--- Stands for the name of any option.
---@correction It is a placeholder, not a constant.
---@type integer
---@constant curl.placeholder
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.OPT_XXXX = nil

--- Stands for the name of any constant.
---@correction It is a placeholder, not a constant.
---@type integer
---@constant curl.placeholder
---@since 4=4.0
---@page momentum/4/lua/ref-curl-c-setopt
curl.XXXX = nil

-- Methods of authentication; they can be added up.

--- None.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_NONE = 0

--- Basic.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_BASIC = 1

--- Digest.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_DIGEST = 2

--- Negotiate.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_GSSNEGOTIATE = 4

--- NTLM.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_NTLM = 8

--- Any.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_ANY = nil

--- Any but basic.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_ANYSAFE = nil

-- Kinds of proxy.

--- HTTP.
---@type integer
---@constant curl.proxy_type
---@since 4=4.0
---@undocumented
curl.PROXY_HTTP = 0

--- SOCKS 4.
---@type integer
---@constant curl.proxy_type
---@since 4=4.0
---@undocumented
curl.PROXY_SOCKS4 = 4

--- SOCKS 5.
---@type integer
---@constant curl.proxy_type
---@since 4=4.0
---@undocumented
curl.PROXY_SOCKS5 = 5

-- What the control function answers.

--- It worked.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_OK = 0

--- The command is not known.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_UNKNOWNCMD = 1

--- It could not start again.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_FAILRESTART = 2

-- Why a call failed: its third result.

--- It did not.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.OK = 0

--- The protocol is not supported.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.UNSUPPORTED_PROTOCOL = 1

--- The address is malformed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.URL_MALFORMAT = 3

--- The proxy's name does not resolve.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_RESOLVE_PROXY = 5

--- The host's name does not resolve.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_RESOLVE_HOST = 6

--- The connection was refused.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_CONNECT = 7

--- A status from 400 on, with `OPT_FAILONERROR`.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.HTTP_RETURNED_ERROR = 22

--- The write function took less than it was given.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.WRITE_ERROR = 23

--- The read function failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.READ_ERROR = 26

--- There is no memory.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.OUT_OF_MEMORY = 27

--- It took too long.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.OPERATION_TIMEOUTED = 28

--- TLS could not be agreed on.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CONNECT_ERROR = 35

--- A function ended it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.ABORTED_BY_CALLBACK = 42

--- There were too many redirections.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.TOO_MANY_REDIRECTS = 47

--- The server's certificate is not good.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_PEER_CERTIFICATE = 51

--- The server answered nothing.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.GOT_NOTHING = 52

--- Sending failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SEND_ERROR = 55

--- Receiving failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.RECV_ERROR = 56

--- The certificate's authority is not trusted.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CACERT = 60

--- User or password is wrong.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LOGIN_DENIED = 67

--- libcurl could not be set up.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FAILED_INIT = 2

--- The user in the address is malformed. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.URL_MALFORMAT_USER = 4

--- The FTP server answered what it should not.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WEIRD_SERVER_REPLY = 8

--- The FTP server denies access to the folder.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_ACCESS_DENIED = 9

--- The FTP server refuses user and password. libcurl no longer gives it: see `curl.LOGIN_DENIED`.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_USER_PASSWORD_INCORRECT = 10

--- The FTP server answered the password with something unknown.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WEIRD_PASS_REPLY = 11

--- The FTP server answered the user with something unknown.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WEIRD_USER_REPLY = 12

--- The FTP server answered PASV or EPSV with something unknown.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WEIRD_PASV_REPLY = 13

--- The answer 227 of the FTP server cannot be read.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WEIRD_227_FORMAT = 14

--- The host in the answer 227 does not resolve.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_CANT_GET_HOST = 15

--- The host in the answer 227 cannot be connected to. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_CANT_RECONNECT = 16

--- The FTP server does not change to binary.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_SET_BINARY = 17

--- Less or more arrived than was announced.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.PARTIAL_FILE = 18

--- The FTP server does not send the file.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_RETR_FILE = 19

--- The FTP server did not confirm the transfer. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_WRITE_ERROR = 20

--- The FTP server refused one of the commands of `curl.OPT_QUOTE`.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_QUOTE_ERROR = 21

--- The user is malformed. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.MALFORMAT_USER = 24

--- The FTP server does not take the file.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_STOR_FILE = 25

--- The FTP server does not change to text. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_SET_ASCII = 29

--- The FTP server refused PORT.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_PORT_FAILED = 30

--- The FTP server refused REST.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_USE_REST = 31

--- The FTP server refused SIZE. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_COULDNT_GET_SIZE = 32

--- The HTTP server does not know ranges.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.HTTP_RANGE_ERROR = 33

--- The POST could not be put together.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.HTTP_POST_ERROR = 34

--- The place to go on from is not in the file.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.BAD_DOWNLOAD_RESUME = 36

--- The file of a `file:` address cannot be opened.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FILE_COULDNT_READ_FILE = 37

--- LDAP: bind failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LDAP_CANNOT_BIND = 38

--- LDAP: the search failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LDAP_SEARCH_FAILED = 39

--- The library for LDAP is not there. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LIBRARY_NOT_FOUND = 40

--- A function of a library that it needs is not there.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FUNCTION_NOT_FOUND = 41

--- A function got a wrong argument.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.BAD_FUNCTION_ARGUMENT = 43

--- Functions were called in a wrong order. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.BAD_CALLING_ORDER = 44

--- The network interface of `curl.OPT_INTERFACE` cannot be used.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.INTERFACE_FAILED = 45

--- A wrong password was entered. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.BAD_PASSWORD_ENTERED = 46

--- One of `curl.OPT_TELNETOPTIONS` is not known.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.UNKNOWN_TELNET_OPTION = 48

--- One of `curl.OPT_TELNETOPTIONS` is malformed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.TELNET_OPTION_SYNTAX = 49

--- The crypto engine is not there.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_ENGINE_NOTFOUND = 53

--- The crypto engine cannot be made the usual one.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_ENGINE_SETFAILED = 54

--- What is shared between transfers is in use. libcurl no longer gives it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SHARE_IN_USE = 57

--- The client certificate cannot be used.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CERTPROBLEM = 58

--- The ciphers of `curl.OPT_SSL_CIPHER_LIST` cannot be used.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CIPHER = 59

--- The compression of the answer is not known.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.BAD_CONTENT_ENCODING = 61

--- The LDAP address is wrong.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LDAP_INVALID_URL = 62

--- The file is larger than `curl.OPT_MAXFILESIZE`.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FILESIZE_EXCEEDED = 63

--- The TLS that was asked for could not be had.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.FTP_SSL_FAILED = 64

--- What is sent would have to be sent again, and cannot be read again.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SEND_FAIL_REWIND = 65

--- The crypto engine could not be set up.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_ENGINE_INITFAILED = 66

-- Versions of HTTP for `curl.OPT_HTTP_VERSION`.

--- As libcurl likes.
---@type integer
---@constant curl.http_version
---@since 4=4.0
---@undocumented
curl.HTTP_VERSION_NONE = 0

--- HTTP 1.0.
---@type integer
---@constant curl.http_version
---@since 4=4.0
---@undocumented
curl.HTTP_VERSION_1_0 = 1

--- HTTP 1.1.
---@type integer
---@constant curl.http_version
---@since 4=4.0
---@undocumented
curl.HTTP_VERSION_1_1 = 2

-- Versions of TLS for `curl.OPT_SSLVERSION`.

--- What both sides know.
---@type integer
---@constant curl.ssl_version
---@since 4=4.0
---@undocumented
curl.SSLVERSION_DEFAULT = 0

--- TLS 1.
---@type integer
---@constant curl.ssl_version
---@since 4=4.0
---@undocumented
curl.SSLVERSION_TLSv1 = 1

--- SSL 2, which is broken.
---@type integer
---@constant curl.ssl_version
---@since 4=4.0
---@undocumented
curl.SSLVERSION_SSLv2 = 2

--- SSL 3, which is broken.
---@type integer
---@constant curl.ssl_version
---@since 4=4.0
---@undocumented
curl.SSLVERSION_SSLv3 = 3

-- Addresses for `curl.OPT_IPRESOLVE`.

--- All that the system can use.
---@type integer
---@constant curl.ip_resolve
---@since 4=4.0
---@undocumented
curl.IPRESOLVE_WHATEVER = 0

--- IPv4 alone.
---@type integer
---@constant curl.ip_resolve
---@since 4=4.0
---@undocumented
curl.IPRESOLVE_V4 = 1

--- IPv6 alone.
---@type integer
---@constant curl.ip_resolve
---@since 4=4.0
---@undocumented
curl.IPRESOLVE_V6 = 2

-- Uses of the file with passwords, for `curl.OPT_NETRC`.

--- It is not read.
---@type integer
---@constant curl.netrc
---@since 4=4.0
---@undocumented
curl.NETRC_IGNORED = 0

--- It is read for what the address lacks.
---@type integer
---@constant curl.netrc
---@since 4=4.0
---@undocumented
curl.NETRC_OPTIONAL = 1

--- It alone is used.
---@type integer
---@constant curl.netrc
---@since 4=4.0
---@undocumented
curl.NETRC_REQUIRED = 2

-- Conditions for `curl.OPT_TIMECONDITION`.

--- None.
---@type integer
---@constant curl.time_condition
---@since 4=4.0
---@undocumented
curl.TIMECOND_NONE = 0

--- Only when it was changed since.
---@type integer
---@constant curl.time_condition
---@since 4=4.0
---@undocumented
curl.TIMECOND_IFMODSINCE = 1

--- Only when it was not changed since.
---@type integer
---@constant curl.time_condition
---@since 4=4.0
---@undocumented
curl.TIMECOND_IFUNMODSINCE = 2

--- The time of the last change; of no use in HTTP.
---@type integer
---@constant curl.time_condition
---@since 4=4.0
---@undocumented
curl.TIMECOND_LASTMOD = 3

-- Uses of TLS for `curl.OPT_FTP_SSL`.

--- No TLS.
---@type integer
---@constant curl.ftp_ssl
---@since 4=4.0
---@undocumented
curl.FTPSSL_NONE = 0

--- TLS where the server has it.
---@type integer
---@constant curl.ftp_ssl
---@since 4=4.0
---@undocumented
curl.FTPSSL_TRY = 1

--- TLS for commands, or nothing.
---@type integer
---@constant curl.ftp_ssl
---@since 4=4.0
---@undocumented
curl.FTPSSL_CONTROL = 2

--- TLS for all, or nothing.
---@type integer
---@constant curl.ftp_ssl
---@since 4=4.0
---@undocumented
curl.FTPSSL_ALL = 3

-- Ways to ask for TLS, for `curl.OPT_FTPSSLAUTH`.

--- As libcurl likes.
---@type integer
---@constant curl.ftp_auth
---@since 4=4.0
---@undocumented
curl.FTPAUTH_DEFAULT = 0

--- AUTH SSL first, then AUTH TLS.
---@type integer
---@constant curl.ftp_auth
---@since 4=4.0
---@undocumented
curl.FTPAUTH_SSL = 1

--- AUTH TLS first, then AUTH SSL.
---@type integer
---@constant curl.ftp_auth
---@since 4=4.0
---@undocumented
curl.FTPAUTH_TLS = 2

-- Which connection is closed when there are too many, for `curl.OPT_CLOSEPOLICY`. libcurl no longer looks at it.

--- The oldest.
---@type integer
---@constant curl.close_policy
---@since 4=4.0
---@undocumented
curl.CLOSEPOLICY_OLDEST = 1

--- The one that was not used for the longest time.
---@type integer
---@constant curl.close_policy
---@since 4=4.0
---@undocumented
curl.CLOSEPOLICY_LEAST_RECENTLY_USED = 2

--- The one with the least traffic.
---@type integer
---@constant curl.close_policy
---@since 4=4.0
---@undocumented
curl.CLOSEPOLICY_LEAST_TRAFFIC = 3

--- The slowest.
---@type integer
---@constant curl.close_policy
---@since 4=4.0
---@undocumented
curl.CLOSEPOLICY_SLOWEST = 4

--- The one that a function chooses; there is no option for that function.
---@type integer
---@constant curl.close_policy
---@since 4=4.0
---@undocumented
curl.CLOSEPOLICY_CALLBACK = 5

-- What a read function may return in place of a text.

--- In C, ends the transfer. From Lua it has no such effect: a number is sent as text.
---@type integer
---@constant curl.read_result
---@since 4=4.0
---@undocumented
curl.READFUNC_ABORT = 268435456

-- What a control function is asked for.

--- Nothing.
---@type integer
---@constant curl.ioctl_command
---@since 4=4.0
---@undocumented
curl.IOCMD_NOP = 0

--- To read from the start again.
---@type integer
---@constant curl.ioctl_command
---@since 4=4.0
---@undocumented
curl.IOCMD_RESTARTREAD = 1

-- Parts of forms in libcurl's C interface. No method takes them.

--- Name of a part, to be copied.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.COPYNAME = 1

--- Name of a part.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.PTRNAME = 2

--- Length of the name.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.NAMELENGTH = 3

--- Content of a part, to be copied.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.COPYCONTENTS = 4

--- Content of a part.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.PTRCONTENTS = 5

--- Length of the content.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.CONTENTSLENGTH = 6

--- File whose content is the content.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.FILECONTENT = 7

--- List of options.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.ARRAY = 8

--- An option that there is no longer. The error of that name (50) is overwritten by it.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.OBSOLETE = 9

--- File to upload.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.FILE = 10

--- Name of a file that lies in memory.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.BUFFER = 11

--- Content of that file.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.BUFFERPTR = 12

--- Length of that file.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.BUFFERLENGTH = 13

--- Type of the content.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.CONTENTTYPE = 14

--- Further headers of a part.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.CONTENTHEADER = 15

--- File name to give.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.FILENAME = 16

--- End of the list.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.END = 17

--- An option that there is no longer.
---@type integer
---@constant curl.form_option
---@since 4=4.0
---@undocumented
curl.OBSOLETE2 = 18

-- Results of forms in libcurl's C interface. No method gives them.

--- It worked.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_OK = 0

--- There is no memory.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_MEMORY = 1

--- An option was given twice.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_OPTION_TWICE = 2

--- A text is missing.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_NULL = 3

--- An option is not known.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_UNKNOWN_OPTION = 4

--- Something is missing.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_INCOMPLETE = 5

--- A list holds what it must not.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_ILLEGAL_ARRAY = 6

--- libcurl was built without forms.
---@type integer
---@constant curl.form_result
---@since 4=4.0
---@undocumented
curl.CURL_FORMADD_DISABLED = 7

-- What `c:getinfo` can be asked for.

--- Nothing: no question.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_NONE = 0

--- Address that was used last, a text.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_EFFECTIVE_URL = 0x100001

--- HTTP status, or code of the FTP server; 0 without an answer.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_RESPONSE_CODE = 0x200002

--- Seconds that it took in all.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_TOTAL_TIME = 0x300003

--- Seconds until the name was resolved.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_NAMELOOKUP_TIME = 0x300004

--- Seconds until the connection was made.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_CONNECT_TIME = 0x300005

--- Seconds until the transfer was about to begin.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_PRETRANSFER_TIME = 0x300006

--- Bytes that were sent.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SIZE_UPLOAD = 0x300007

--- Bytes of the body that were received.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SIZE_DOWNLOAD = 0x300008

--- Bytes a second that were received.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SPEED_DOWNLOAD = 0x300009

--- Bytes a second that were sent.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SPEED_UPLOAD = 0x30000a

--- Bytes of all headers that were received.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_HEADER_SIZE = 0x20000b

--- Bytes of the requests.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_REQUEST_SIZE = 0x20000c

--- What came of the check of the certificate; 0 when it is good.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SSL_VERIFYRESULT = 0x20000d

--- When the document was changed, in seconds since 1970; -1 when it is not known or `curl.OPT_FILETIME` is not set.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_FILETIME = 0x20000e

--- Length that the answer announced; 0 or -1 without one.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_CONTENT_LENGTH_DOWNLOAD = 0x30000f

--- Length of what was to be sent; 0 or -1 when it is not known.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_CONTENT_LENGTH_UPLOAD = 0x300010

--- Seconds until the first byte was to be received.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_STARTTRANSFER_TIME = 0x300011

--- Value of the header Content-Type, a text; nil without one.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_CONTENT_TYPE = 0x100012

--- Seconds that redirections took.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_REDIRECT_TIME = 0x300013

--- Redirections that were followed.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_REDIRECT_COUNT = 0x200014

--- What C code attached to the handle; scripts cannot set it.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_PRIVATE = 0x100015

--- Status of a proxy's answer to CONNECT.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_HTTP_CONNECTCODE = 0x200016

--- Methods of authentication that the server offers, as a sum of `curl.AUTH_…`.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_HTTPAUTH_AVAIL = 0x200017

--- Methods of authentication that the proxy offers, as a sum of `curl.AUTH_…`.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_PROXYAUTH_AVAIL = 0x200018

--- The operating system's number for a failure to connect.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_OS_ERRNO = 0x200019

--- Connections that had to be made.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_NUM_CONNECTS = 0x20001a

--- Crypto engines that there are, an array of texts.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_SSL_ENGINES = 0x40001b

--- All cookies, an array of lines as in a cookie file.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_COOKIELIST = 0x40001c

--- Descriptor of the last socket; -1 when it is closed.
---@type integer
---@constant curl.info
---@since 4=4.0
---@undocumented
curl.INFO_LASTSOCKET = 0x20001d

-- What the module says of itself.

--- Name of the module, `curl`.
---@type string
---@constant curl.about
---@since 4=4.0
---@undocumented
curl._NAME = "curl"

--- Version of the module.
---@type string
---@constant curl.about
---@since 4=4.0
---@undocumented
curl._VERSION = "1.1.0"

--- What the module is.
---@type string
---@since 4=4.0
---@undocumented
curl._DESCRIPTION = nil

--- Who wrote the module.
---@type string
---@since 4=4.0
---@undocumented
curl._COPYRIGHT = nil

--- Names and versions of libcurl and the libraries that it uses.
---@type string
---@since 4=4.0
---@undocumented
curl._CURLVERSION = nil

--- Version of libcurl that the module was built with.
---@type string
---@since 4=4.0
---@undocumented
curl._SUPPORTED_CURLVERSION = nil

--- Makes an object for transfers. It can be used for several, one after another.
---@return curl_handle c
---@requires curl
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-curl-new
function curl.new() end

--- Escapes a text for an address (`%20` and the like).
---@param str string
---@return string escaped
---@requires curl
---@since 4=4.0
---@raises `str` is nil
---@nilcrash str
---@fidelity modelled
---@page momentum/4/lua/ref-curl-escape
function curl.escape(str) end

--- Undoes `curl.escape`.
---@param str string
---@return string text A byte 0 in it ends the text.
---@requires curl
---@since 4=4.0
---@raises `str` is nil
---@nilcrash str
---@fidelity modelled
---@page momentum/4/lua/ref-curl-unescape
function curl.unescape(str) end
