---@meta msys.brightmail

--- Spam scans by Symantec Brightmail. The configuration module `brightmail` must be loaded with `sieve_mode = on`.
---@class msys.brightmail
---@page momentum/4/lua/ref-msys-brightmail-scan
msys.brightmail = {}

--- Scans a message.
---@param msg ec_message
---@param accept accept_construct
---@param vctx validate_context
---@return string verdict `spam`, `inbox` or another verdict that is configured.
---@return boolean is_default true when the message is to go where it was sent to.
---@return string? rules Numbers of the rules that led to the verdict, separated by blanks; nil when no scan was made.
---@return string? tracker Value for a header `X-Brightmail-Tracker`; nil when no scan was made.
---@requires msys.brightmail
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data, validate_data_spool, validate_data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@nilcrash msg, accept, vctx
---@yields
---@blocking
---@trap It needs the whole message: it does not work in the phases connect, ehlo, mailfrom and rcptto.
---@nopcall
---@trap Do not call it by `pcall`: the engine cannot give way to other threads across it.
---@trap The configuration module `brightmail` must be loaded with `sieve_mode = on`.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-brightmail-scan
function msys.brightmail.scan(msg, accept, vctx) end
