---@meta msys.bounce

--- Classifies bounces, by the rules that the server is configured with.
---@class msys.bounce
---@page momentum/4/4-lua-summary-table
msys.bounce = {}

--- Classifies a bounce message that came in (an out-of-band bounce).
---@param msg ec_message The notification (MDN, DSN) itself.
---@return integer code Number of the class.
---@return string code_string Name of the class, such as `BC_UNDETERMINED` or `BC_SOFT_TIMEOUT`.
---@return string description The class in words.
---@return string orig_rcpt The recipient whose mail bounced.
---@requires msys.bounce
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@nilcrash msg
---@trap Call it on notifications alone; on any other message the result means nothing.
---@trap Without the configuration module `bounce_classifier_override` the result is not right.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-bounce-classify
function msys.bounce.classify(msg) end

--- Classifies the answer of a remote server.
---@param response_text string The SMTP response, code included.
---@param domain? string The domain that gave it.
---@return integer code Number of the class.
---@return string code_string Name of the class, such as `BC_SOFT_TIMEOUT`.
---@return string description The class in words.
---@requires msys.bounce
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash response_text
---@trap Without the configuration module `bounce_classifier_override` the result is not right.
---@correction The synopsis asks for the domain; the page's example leaves it out.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-bounce-classify-smtp-response
function msys.bounce.classify_smtp_response(response_text, domain) end
