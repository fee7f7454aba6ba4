---@meta

--- The callouts of the validation: what a scriptlet defines on the table that it registers.
---
--- In each phase the registered scripts run in the order of the configuration. `VALIDATE_CONT` lets the next one run,
--- `VALIDATE_DONE` skips the remaining ones of the phase; neither accepts or rejects anything by itself. Rejecting is
--- done with `vctx:set_code` or `vctx:disconnect` before the return. `self` is a table of the session, where the
--- callout has a validation context, and may carry values from one phase to the next.
---@class validate_callouts
---@callouts validate
---@page momentum/4/4-implementing-policy-scriptlets
local validate_callouts = {}

--- Sets up what lives as long as the configuration: timers, control commands, CIDR and audit definitions.
---
--- Runs once when the configuration is applied, before any session. What it sets up stays bound to the scheduler
--- thread. Leave it out where it is not needed: it ties up an interpreter of its own.
---@result true set up
---@result other the configuration is not applied
---@phase init
---@thread scheduler
---@since 3=3.0 4=4.0
---@trap Any result but `true`, nil included, makes the configuration fail to load.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:init() end

--- Releases what `init` has set up.
---
--- Runs when the configuration that the script belongs to goes away.
---@result true released
---@result other what `init` has set up may leak
---@phase deinit
---@since 3=3.0 4=4.0
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:deinit() end

--- Runs when an SMTP client has connected, before the greeting is sent.
---
--- The client's address is in `accept.remote_addr`. A code that is set here takes the place of the greeting.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session; there is no message yet.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase connect
---@since 3=3.0 4=4.0
---@trap `core_validate_connect` is a different hook, which runs after this callout of all modules.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_connect(accept, vctx) end

--- Runs for each EHLO or HELO, before it is answered.
---
--- The name that the client gave is also in the context variable `ehlo_string`.
---@param str ec_string What the client sent; it ends with CR LF. Compare it after `tostring(str)`.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session; there is no message yet.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase ehlo
---@since 3=3.0 4=4.0
---@trap `str` is no Lua string: compared with one it is never equal.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_ehlo(str, accept, vctx) end

--- Runs for each MAIL FROM, before it is answered.
---
--- The sender is also in the context variables `mailfrom_localpart` and `mailfrom_domain`. A code that is set here
--- answers this command alone.
---@param str ec_string What the client sent. Compare it after `tostring(str)`; its exact content is not documented.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase mailfrom
---@since 3=3.0 4=4.0
---@trap `str` is no Lua string: compared with one it is never equal.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_mailfrom(str, accept, vctx) end

--- Runs for each RCPT TO, before it is answered.
---
--- The recipient is also in the context variables `rcptto_localpart` and `rcptto_domain`. A code that is set here
--- refuses or accepts this recipient alone. The message has an envelope, and no content yet.
---@param msg ec_message The message in the making, shared by all recipients.
---@param str ec_string What the client sent. Compare it after `tostring(str)`; its exact content is not documented.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase rcptto
---@since 3=3.0 4=4.0
---@trap `str` is no Lua string: compared with one it is never equal.
---@trap `msg:routing_domain` set here holds for all recipients; `validate_data_spool_each_rcpt` sets it for one.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_rcptto(msg, str, accept, vctx) end

--- Runs when the content has arrived, once for a message with all of its recipients.
---
--- Headers and MIME parts may be read and changed, recipients added and removed. A code that is set here answers the
--- content, and so the message for all recipients.
---@param msg ec_message The message.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase data
---@since 3=3.0 4=4.0
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_data(msg, accept, vctx) end

--- Runs after `validate_data`, before the message is written to the spool, once for a message with all recipients.
---
--- A code that is set here answers the content, and so the message for all recipients.
---@param msg ec_message The message.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase data_spool
---@since 3=3.0 4=4.0
---@trap Never runs for messages that are injected over HTTP; `msg_gen_data_spool` does.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_data_spool(msg, accept, vctx) end

--- Runs once for each recipient: the message has been split, and what is changed here concerns this recipient alone.
---
--- The usual place to change headers, content, recipient and routing domain of a message that came by SMTP.
---@param msg ec_message The message, with this one recipient.
---@param accept accept_construct The connection.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Never runs for messages that are injected over HTTP; `msg_gen_data_spool` does.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_data_spool_each_rcpt(msg, accept, vctx) end

--- Runs when the list of a message's recipients is there, to look at it or to change it.
---@param list_node eclist_node First node of the recipient list.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase rcptto_list
---@since 3=3.0 4=4.0
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_rcptto_list(list_node, vctx) end

--- Runs when the list of a message's recipients is final. After this phase recipients cannot be added or removed:
--- `vctx:add_recipient` and `vctx:remove_recipient` raise an error.
---@param node eclist_node First node of the recipient list.
---@param vctx validate_context The validation context of the session.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@result msys.core.VALIDATE_AGAIN still waiting for something: call again later
---@phase rcptto_list_final
---@since 3=3.0 4=4.0
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_rcptto_list_final(node, vctx) end

--- Chooses the binding of a message, that is the addresses from which it is sent: `msg:binding` or
--- `msg:binding_group`.
---
--- Runs for each message, for SMTP and for HTTP injection, after the other validation and before final validation.
--- It has neither connection nor validation context, so that nothing can be answered to the client.
---@param msg ec_message The message.
---@result msys.core.VALIDATE_CONT let the next script run
---@result msys.core.VALIDATE_DONE skip the remaining scripts of this phase
---@phase set_binding
---@since 3=3.0 4=4.0
---@trap `VALIDATE_AGAIN` is not allowed: this callout cannot wait.
---@trap Do not call `msg:discard` here.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_set_binding(msg) end

--- Runs when the validation context of a session goes away, and only when a callout of this script ran in it before.
---
--- `self` is the same table that the earlier callouts had. Rarely needed: what belongs to the session is collected by
--- itself.
---@ignored
---@phase dealloc
---@since 3=3.0 4=4.0
---@correction The page names no result; it is read as ignored.
---@page momentum/4/4-implementing-policy-scriptlets
function validate_callouts:validate_dealloc() end
