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
curl.AUTH_NONE = nil

--- Basic.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_BASIC = nil

--- Digest.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_DIGEST = nil

--- Negotiate.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_GSSNEGOTIATE = nil

--- NTLM.
---@type integer
---@constant curl.authentication
---@since 4=4.0
---@undocumented
curl.AUTH_NTLM = nil

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
curl.PROXY_HTTP = nil

--- SOCKS 4.
---@type integer
---@constant curl.proxy_type
---@since 4=4.0
---@undocumented
curl.PROXY_SOCKS4 = nil

--- SOCKS 5.
---@type integer
---@constant curl.proxy_type
---@since 4=4.0
---@undocumented
curl.PROXY_SOCKS5 = nil

-- What the control function answers.

--- It worked.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_OK = nil

--- The command is not known.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_UNKNOWNCMD = nil

--- It could not start again.
---@type integer
---@constant curl.ioctl_result
---@since 4=4.0
---@undocumented
curl.IOE_FAILRESTART = nil

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
curl.UNSUPPORTED_PROTOCOL = nil

--- The address is malformed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.URL_MALFORMAT = nil

--- The proxy's name does not resolve.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_RESOLVE_PROXY = nil

--- The host's name does not resolve.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_RESOLVE_HOST = nil

--- The connection was refused.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.COULDNT_CONNECT = nil

--- A status from 400 on, with `OPT_FAILONERROR`.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.HTTP_RETURNED_ERROR = nil

--- The write function took less than it was given.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.WRITE_ERROR = nil

--- The read function failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.READ_ERROR = nil

--- There is no memory.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.OUT_OF_MEMORY = nil

--- It took too long.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.OPERATION_TIMEOUTED = nil

--- TLS could not be agreed on.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CONNECT_ERROR = nil

--- A function ended it.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.ABORTED_BY_CALLBACK = nil

--- There were too many redirections.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.TOO_MANY_REDIRECTS = nil

--- The server's certificate is not good.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_PEER_CERTIFICATE = nil

--- The server answered nothing.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.GOT_NOTHING = nil

--- Sending failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SEND_ERROR = nil

--- Receiving failed.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.RECV_ERROR = nil

--- The certificate's authority is not trusted.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.SSL_CACERT = nil

--- User or password is wrong.
---@type integer
---@constant curl.error_code
---@since 4=4.0
---@undocumented
curl.LOGIN_DENIED = nil

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
