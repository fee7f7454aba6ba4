---@meta

--- A message on its way through the server: envelope, content, context variables and delivery state.
---
--- The methods here need no `require`. Most of what a policy does with a message comes with `msys.extended.message`.
---@class ec_message
---@receiver msg
---@page momentum/3/3-api/structs-ec-message
local ec_message = {}

--- Priority bit of the message: 1 lets it pass ahead of others, 0 is the ordinary treatment. Readable and writable.
---@type 0|1
---@trap The field is one bit wide: any other number does not fit.
---@trap Keep 1 for few and urgent messages; when everything has priority, nothing has.
---@page momentum/4/4-implementing-policy-scriptlets
ec_message.priority = nil

--- Deletes a context variable of this message or of its connection.
---@param type context_dictionary Which dictionary: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
---@param key string Name of the variable.
---@return 0|1 deleted 1 when the variable was deleted, 0 when there was none.
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@nilcrash type, key
---@trap `type` is an `ECMESS_CTX_*` constant, not a `VCTX_*` one.
---@trap The result is a number, and 0 counts as true in Lua: compare it with 1.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-context-delete
function ec_message:context_delete(type, key) end

--- Tells whether a context variable exists, even if its value is the empty string.
---@param type context_dictionary Which dictionary: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
---@param key string Name of the variable.
---@return 0|1 exists 1 when it exists, 0 when it does not.
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@nilcrash type, key
---@trap The result is a number, and 0 counts as true in Lua: compare it with 1.
---@trap `type` is an `ECMESS_CTX_*` constant, not a `VCTX_*` one.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-context-exists
function ec_message:context_exists(type, key) end

--- Looks a context variable up and says whether it was there, in one call.
---
--- The better choice where a script takes another path for a variable that is missing.
---@param type context_dictionary Which dictionary: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
---@param key string Name of the variable.
---@return 0|1 exists 1 when the variable exists, 0 when it does not.
---@return string? value Its value; nil when it does not exist.
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@nilcrash type, key
---@trap The first result is a number, and 0 counts as true in Lua: compare it with 1.
---@trap Two results: the value is the second one.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-context-exists-and-get
function ec_message:context_exists_and_get(type, key) end

--- Reads a context variable.
---@param type context_dictionary Which dictionary: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
---@param key string Name of the variable.
---@return string value The value, always as a string; `""` when there is no such variable, never nil.
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@nilcrash type, key
---@trap A missing variable gives `""`, not nil; `msg:context_exists_and_get` can tell the two apart.
---@trap Numbers come back as strings: use `tonumber` before calculating or comparing.
---@trap `type` is an `ECMESS_CTX_*` constant, not a `VCTX_*` one.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-context-get
function ec_message:context_get(type, key) end

--- Sets a context variable. An earlier value is replaced.
---@param type context_dictionary Which dictionary: `msys.core.ECMESS_CTX_MESS` (kept with the message) or `msys.core.ECMESS_CTX_CONN` (kept for the connection).
---@param key string Name of the variable.
---@param value string|number The value; a number is stored as its text.
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@nilcrash type, key, value
---@trap The value is kept as a string, whatever was passed.
---@trap `type` is an `ECMESS_CTX_*` constant, not a `VCTX_*` one.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-context-set
function ec_message:context_set(type, key, value) end

--- Returns the name of the method by which the message is going to be delivered, for example `gcm`.
---@return string method Name of the delivery method.
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msg-get-delivery-method
function ec_message:get_delivery_method() end

--- Returns the size of the message, headers and body.
---@return integer size Size in bytes.
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msg-get-message-size
function ec_message:get_message_size() end

--- Tells whether this is a multi-channel (MCMT) message, which carries a part for each way of delivery.
---@return boolean|0|1 is_mcmt Whether it is one. The documentation does not say whether a boolean or C's 1 and 0.
---@since 4=4.0
---@trap The kind of result is not documented: test it as `== true or == 1`, since a 0 counts as true.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-is-mcmt
function ec_message:is_mcmt() end

--- Returns one of the resources that an MCMT message carries. Known from an example only.
---@param key string Name of the resource, as `msys.mcmt.collector.setMapping` was given it.
---@return userdata? resource The resource; nil when the message has none of that name.
---@undocumented
---@fidelity fixture
---@page momentum/mobile/mobile-reference/mobility-aggregator-apis
function ec_message:rsrc_get(key) end

--- Returns the response that belongs to the latest delivery attempt, as the logging hooks of samples use it. Used in
--- samples only.
---@return string code SMTP response, code and text, for example `554 5.4.7 [internal] exceeded max time without delivery`.
---@undocumented
---@fidelity modelled
function ec_message:get_code() end

--- Sets the response that belongs to the message, as published policy does in logging hooks. The documentation has the C
--- function.
---@param code integer SMTP reply code, for example 554.
---@param text string Text of the reply.
---@return unknown result Not documented.
---@nilcrash code, text
---@undocumented
---@fidelity modelled
---@page momentum/3/3-api/apis-ec-message-set-code
function ec_message:set_code(code, text) end

--- Makes a copy of the message that can be injected on its own. Used in samples only.
---@return ec_message copy The new message.
---@undocumented
---@fidelity modelled
function ec_message:copy() end
