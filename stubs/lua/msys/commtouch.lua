---@meta msys.commtouch

--- Spam and virus diagnoses by Commtouch. The configuration module `commtouch_ctasd` must be loaded.
---@class msys.commtouch
---@page momentum/4/lua/ref-msys-commtouch-diagnose
msys.commtouch = {}

--- A diagnosis. Its fields are set as context variables `commtouch-…` too.
---@class msys.commtouch.result
---@field class "Unknown"|"Suspected"|"Bulk"|"Spam" What kind of mail it is.
---@field ["virus-threat"] "non-virus"|"medium"|"high"|"virus" How likely it is a virus.
---@field ["ref-id"] string The engine's reference for the message.

--- Has a message diagnosed.
---@param msg? ec_message The current one when left out.
---@param accept? accept_construct The current one when left out.
---@param vctx? validate_context The current one when left out.
---@return msys.commtouch.result result
---@requires msys.commtouch
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data, validate_data_spool, validate_data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@yields
---@blocking
---@trap It needs the whole message: it does not work in the phases connect, ehlo, mailfrom and rcptto.
---@nopcall
---@trap Do not call it by `pcall`: the engine cannot give way to other threads across it.
---@trap The configuration module `commtouch_ctasd` must be loaded.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-commtouch-diagnose
function msys.commtouch.diagnose(msg, accept, vctx) end
