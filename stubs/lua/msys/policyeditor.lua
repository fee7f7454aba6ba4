---@meta msys.policyeditor

--- Building blocks of the Momentum 3 policy editor. All are deprecated: `msg`, `vctx` and plain Lua do the same.
---
--- Each takes a table of the callout's objects (`ctx`), the script's variables (`vars`) and its own parameters
--- (`params`).
---@class msys.policyeditor
---@page momentum/3/3-reference/web-3-policy-editor
msys.policyeditor = {}

--- The objects of the callout.
---@class msys.policyeditor.context
---@field ec_message ec_message The message.

--- Variables of the script, by name.
---@alias msys.policyeditor.variables table<string, any>

--- Reads a header of the message.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { header: string } `header` is its name.
---@return string? value The value.
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0
---@deprecated use `msg:header(name)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-header
function msys.policyeditor.get_header(ctx, vars, params) end

--- Removes a header of the message.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { header: string } `header` is its name.
---@return string name Name of the header.
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0
---@deprecated use `msg:header(name, "")`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-del-header
function msys.policyeditor.del_header(ctx, vars, params) end

--- Gives the sender of the envelope.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params table Nothing is read from it.
---@return string mailfrom
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:mailfrom()`
---@nilcrash ctx
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-mailfrom
function msys.policyeditor.get_mailfrom(ctx, vars, params) end

--- Gives the recipient of the envelope.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params table Nothing is read from it.
---@return string rcptto
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:rcptto()`
---@nilcrash ctx
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-rcptto
function msys.policyeditor.get_rcptto(ctx, vars, params) end

--- Gives the address and port that the message came from.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params table Nothing is read from it.
---@return string peer As `IP:port`.
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0
---@deprecated use `msg:reception_peer()`
---@nilcrash ctx
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@trap Before 3.0.18 a call could make the message go out twice.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-mess-recv-from
function msys.policyeditor.get_mess_recv_from(ctx, vars, params) end

--- Gives the address and port that the message came in on.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params table Nothing is read from it.
---@return string listener As `IP:port`.
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0
---@deprecated use `msg:listener_addr()`
---@nilcrash ctx
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@trap Before 3.0.18 a call could make the message go out twice.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-mess-recv-via
function msys.policyeditor.get_mess_recv_via(ctx, vars, params) end

--- Reads a variable of the script.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { name: string } `name` is its name.
---@return any value nil when it was never set.
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated use a Lua variable
---@nilcrash vars, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-variable
function msys.policyeditor.get_variable(ctx, vars, params) end

--- Sets a variable of the script.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { name: string, value: any } `name` is its name, `value` its new value.
---@return any value The new value.
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated use a Lua variable
---@nilcrash vars, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-set-variable
function msys.policyeditor.set_variable(ctx, vars, params) end

--- Matches a text, and sets `$0`, `$1` … and the named groups as variables of the script.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { subject: string, pattern: pcre_pattern } `subject` is the text, `pattern` a PCRE pattern.
---@return boolean matched
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated use `msys.pcre.match(subject, pattern)`
---@nilcrash vars, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-pcre-match
function msys.policyeditor.pcre_match(ctx, vars, params) end

--- Puts the message on a binding.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { binding: string } `binding` is its name, or several names with commas between them, of which one is picked by chance.
---@return boolean set false when this node has no such binding.
---@requires msys.policyeditor
---@phase set_binding
---@since 3=3.0
---@deprecated use `msg:binding(name)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@trap Every message needs a binding: end with one that takes what is left.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-set-binding
function msys.policyeditor.set_binding(ctx, vars, params) end

--- Puts the message on a binding group.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { binding_group: string } `binding_group` is its name.
---@return boolean set false when this node has no such group.
---@requires msys.policyeditor
---@phase set_binding
---@since 3=3.0
---@deprecated use `msg:binding_group(name)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-set-binding-group
function msys.policyeditor.set_binding_group(ctx, vars, params) end

--- Reads a connection context variable.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { key: string } `key` is its name.
---@return string? value
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:context_get(msys.core.ECMESS_CTX_CONN, key)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-vctx-conn-get
function msys.policyeditor.vctx_conn_get(ctx, vars, params) end

--- Sets a connection context variable.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { key: string, value: string } `key` is its name, `value` its new value.
---@return string? value
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:context_set(msys.core.ECMESS_CTX_CONN, key, value)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-vctx-conn-set
function msys.policyeditor.vctx_conn_set(ctx, vars, params) end

--- Reads a message context variable.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { key: string } `key` is its name.
---@return string? value
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:context_get(msys.core.ECMESS_CTX_MESS, key)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-vctx-mess-get
function msys.policyeditor.vctx_mess_get(ctx, vars, params) end

--- Sets a message context variable.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { key: string, value: string } `key` is its name, `value` its new value.
---@return string? value
---@requires msys.policyeditor
---@phase data, data_spool, data_spool_each_rcpt, rcptto, set_binding
---@since 3=3.0
---@deprecated use `msg:context_set(msys.core.ECMESS_CTX_MESS, key, value)`
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-vctx-mess-set
function msys.policyeditor.vctx_mess_set(ctx, vars, params) end

--- Sends a plain mail.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { from: string, to: string, subject: string, body: string, throttle?: integer } `from` and `to` are bare addresses; `throttle` lets one mail through in so many seconds.
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated use `msg:build` and `msg:inject`
---@nilcrash params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity recorded
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-send-email
function msys.policyeditor.send_email(ctx, vars, params) end

--- Sends an SNMP trap.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { type: "string"|"counter"|"gauge"|"ip", payload: string|number, address: string, port: integer, community: string, mib?: string, trapvarmib?: string, throttle?: integer } `type` is the kind of the payload (`ip` an IPv4 address as text), `address` and `port` the trap server (IPv4), `community` its password, `mib` and `trapvarmib` the object identifiers (the server has its own), `throttle` lets one trap through in so many seconds.
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated use `msys.snmpTrap`
---@nilcrash params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@fidelity recorded
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-send-trap
function msys.policyeditor.send_trap(ctx, vars, params) end

--- Gives how many deliveries of a binding to a domain fail.
---@param ctx msys.policyeditor.context Objects of the callout.
---@param vars msys.policyeditor.variables Variables of the script.
---@param params { binding: string, domain: string, period: any } `binding` and `domain` are names, `period` the time that the figures are valid for.
---@return number rate In percent; 0 while there are fewer than 100 deliveries to judge by.
---@requires msys.policyeditor
---@phase any
---@since 3=3.0
---@deprecated nothing replaces it
---@nilcrash ctx, params
---@trap `ctx` is a table with the message in its field `ec_message`, not the message itself.
---@correction The page ends with a boolean result that belongs to another function; by its text the result is a percentage.
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-policyeditor-get-binding-domain-failure-rate
function msys.policyeditor.get_binding_domain_failure_rate(ctx, vars, params) end
