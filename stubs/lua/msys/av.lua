---@meta msys.av

--- Virus scans by the engines of the configuration module `antivirus`, such as `clamav`.
---@class msys.av
---@page momentum/4/lua/ref-msys-av-scan
msys.av = {}

-- Outcome of a scan.

--- Nothing was found; what exactly that means depends on the engine.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_CLEAN = nil

--- Something was found; what exactly that means depends on the engine.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_INFECTED = nil

--- The message could not be scanned.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_UNSCANNABLE = nil

--- The scan failed.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_ERROR = nil

--- No engine is configured.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_NO_ENGINE = nil

--- The engine's name has more than 40 characters.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_NAME_TOO_LONG = nil

--- The engine cannot scan this message as a stream.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_NOT_SUITABLE_FOR_STREAMING = nil

--- A container was given where a part with content is needed.
---@type integer
---@constant msys.av.status
---@page momentum/4/lua/ref-msys-av-scan
msys.av.EC_AV_PART_IS_CONTAINER = nil

--- Lists the engines that are configured.
---@return string[] engines Their names.
---@requires msys.av
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@fidelity fixture
---@page momentum/4/lua/ref-msys-av-engines
function msys.av.engines() end

--- Scans a message with one engine, or with all engines up to the first that finds something.
---@param av_engine_name? string Name of the engine, at most 40 characters; nil for all.
---@param msg? ec_message The message; the current one when left out.
---@param validate_context? validate_context The context; the current one when left out.
---@return msys.av.status status
---@return string info What the engine says, usually the virus's name.
---@return string? engine The engine that found it; nil when nothing was found.
---@return integer? scan_code The engine's own code, when it has one.
---@requires msys.av
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@raises there is no current message and none is given
---@blocking
---@trap Outside a callout with a message, give the message: it raises when there is none.
---@trap The engine comes first, then message and context.
---@trap A name of more than 40 characters gives `EC_AV_NAME_TOO_LONG`, and nothing is scanned.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-av-scan
function msys.av.scan(av_engine_name, msg, validate_context) end

--- Scans one part of a message with one engine, or with all engines up to the first that finds something.
---@param msg_part ec_message_part|ec_message The part; a container cannot be scanned.
---@param av_engine_name? string Name of the engine, at most 40 characters; nil for all.
---@param validate_context? validate_context The context; the current one when left out.
---@return msys.av.status status
---@return string info What the engine says, usually the virus's name.
---@return string? engine The engine that found it; nil when nothing was found.
---@return integer? scan_code The engine's own code, when it has one.
---@requires msys.av
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@raises `msg_part` is nil
---@nilcrash msg_part
---@blocking
---@trap The part comes first here, and the engine second.
---@correction The page types `msg_part` as a message, and its example passes one; it is a part of one.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-av-scan-part
function msys.av.scan_part(msg_part, av_engine_name, validate_context) end
