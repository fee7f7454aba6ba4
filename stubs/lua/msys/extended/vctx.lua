---@meta msys.extended.vctx

--- Changing the recipients of the inbound session, and holding a client up.
---@class msys.extended.vctx
---@page momentum/4/4-lua-summary-table
msys.extended.vctx = {}

---@class validate_context
local validate_context = {}

--- Adds recipients to those of the inbound session.
---@param address string|string[] An address, or a table of addresses.
---@return unknown result Not documented.
---@requires msys.extended.vctx
---@phase rcptto, data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@raises After the phase `rcptto_list_final`, when the recipients are settled.
---@trap The overview allows it in `data_spool` phases, its page only until `rcptto_list_final`, after which it raises an error.
---@trap It takes one address or a table of them.
---@correction The page types `address` as a string and its text adds a table of addresses: both are taken.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-add-recipient
function validate_context:add_recipient(address) end

--- Reads the recipients of the inbound session, or replaces them all.
---@param addresses string|string[] The new recipients: an address, or a table of addresses.
---@return unknown result Not documented.
---@overload fun(self: validate_context): string[]
---@requires msys.extended.vctx
---@never validate_rcptto
---@since 3=3.1 4=4.0
---@trap Do not call it in `validate_rcptto`.
---@trap The result is a Lua table and counts from 1; an example on the pages starts its loop at 0 and would fail.
---@correction The page types `addresses` as a string and its text adds a table of addresses: both are taken.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-recipient-list
function validate_context:recipient_list(addresses) end

--- Takes a recipient away from those of the inbound session.
---@param address string|string[] An address, or a table of addresses.
---@return unknown result Not documented.
---@requires msys.extended.vctx
---@phase mailfrom, rcptto, data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@raises After the phase `rcptto_list_final`, when the recipients are settled.
---@trap After `rcptto_list_final` it raises an error.
---@trap Taking the last recipient away crashed older releases.
---@correction The page types `address` as a string and its text adds a table of addresses: both are taken.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-remove-recipient
function validate_context:remove_recipient(address) end

--- Makes the client wait: the session is put on hold before it goes on.
---@param interval number How long, in seconds.
---@requires msys.extended.vctx
---@phase connect
---@since 3=3.1 4=4.0
---@trap Only sessions of an SMTP listener are held up.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-tarpit
function validate_context:tarpit(interval) end
