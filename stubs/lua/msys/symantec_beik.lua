---@meta msys.symantec_beik

--- Spam scans by Symantec's Brightmail engine kit. The configuration module `beik` must be loaded with `Enabled =
--- false`.
---@class msys.symantec_beik
---@page momentum/4/lua/ref-msys-symantec-beik-scan
msys.symantec_beik = {}

--- Scans a message.
---@param msg ec_message
---@param vctx validate_context
---@return integer code The engine's number; 0 is a failure.
---@return string destination Where the message should go (`inbox`, `is-spam`, `tracker`); the error when `code` is 0.
---@return 0|1 is_default 1 when the message is to go where it was sent to.
---@return string tracker Value for a header.
---@requires msys.symantec_beik
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data, validate_data_spool, validate_data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@nilcrash msg, vctx
---@blocking
---@trap It needs the whole message: it does not work in the phases connect, ehlo, mailfrom and rcptto.
---@trap A first result of 0 is a failure, and 0 counts as true in Lua; the second result is the error then.
---@trap The configuration module `beik` must be loaded with `Enabled = false`: policy acts on the result, not it.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-symantec-beik-scan
function msys.symantec_beik.scan(msg, vctx) end
