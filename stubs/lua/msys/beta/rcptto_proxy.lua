---@meta msys.beta.rcptto_proxy

--- Asks another server whether it would take a recipient (configuration module `smtp_rcptto_proxy`).
---@class msys.beta.rcptto_proxy
---@page momentum/4/modules/smtp-rcptto-proxy
msys.beta.rcptto_proxy = {}

--- Whom to ask about what.
---@class msys.beta.rcptto_proxy.options
---@field mailfrom string Sender to give.
---@field rcptto string Recipient to ask about.
---@field host string Server to ask.
---@field port integer Its port.
---@field timeout? integer Seconds; 60 when left out.

--- Holds an SMTP conversation with the other server, up to RCPT TO.
---@param options msys.beta.rcptto_proxy.options
---@return boolean accepted true when the recipient would be taken.
---@return string? error Why not; a refused recipient is just `fail`.
---@requires msys.beta.rcptto_proxy
---@since 4=4.2
---@nilcrash options
---@undocumented
---@blocking
---@fidelity fixture
---@page momentum/4/modules/smtp-rcptto-proxy
function msys.beta.rcptto_proxy.query(options) end
