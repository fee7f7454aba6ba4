---@meta

--- State of a validation: the context variables of connection and message, and the reply that the client will get.
---
--- The methods here need no `require`; the others come with `msys.extended.vctx`.
---@class validate_context
---@receiver vctx
---@page momentum/3/3-api/structs-validate-context
local validate_context = {}

--- SMTP reply code for the client, such as 250 or 551. Readable and writable; `vctx:set_code` also sets the text.
---@type integer
---@page momentum/4/hooks/inbound-smtp-tls-post-accept
validate_context.code = nil

--- 1 closes the connection after the reply, 0 keeps it. Readable and writable.
---@type 0|1
---@trap `vctx.disconnect` is the field and `vctx:disconnect(code, message)` the method: the field alone sets no reply.
---@page momentum/4/hooks/inbound-smtp-tls-post-accept
validate_context.disconnect = nil

--- Closes the session with a reply. The script goes on: return a value from the callout as usual.
---@param code integer|string SMTP reply code, usually 421 or a 5xx code.
---@param message string Text after the code.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash code, message
---@trap The code may be a number or a string of digits.
---@correction The page types `code` as a string, and its own example passes a number: both are taken.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-disconnect
function validate_context:disconnect(code, message) end

--- Reads a context variable.
---@param type vctx_dictionary Which dictionary: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
---@param key string Name of the variable.
---@return string value The value, always as a string. The page does not say what a missing variable gives; read here as `""`, like `msg:context_get`.
---@phase any
---@since 3=3.5 4=4.0
---@nilcrash type, key
---@trap `type` is `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`, not an `ECMESS_CTX_*` constant.
---@trap A nil key crashed the server before 4.2.38.
---@trap Numbers come back as strings: use `tonumber`.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-get
function validate_context:get(type, key) end

--- Sets a context variable. An earlier value is replaced.
---@param type vctx_dictionary Which dictionary: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
---@param key string Name of the variable.
---@param value string|number|boolean The value; it is stored as its text.
---@return unknown result Not documented.
---@phase any
---@since 3=3.5 4=4.0
---@nilcrash type, key, value
---@trap `type` is `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`, not an `ECMESS_CTX_*` constant.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-set
function validate_context:set(type, key, value) end

--- Sets the reply that the client gets in this phase. A 4xx or 5xx code rejects what the phase is about.
---@param codenum integer|string SMTP reply code, 200 to 599.
---@param message string Text after the code; may begin with an enhanced status such as `5.7.1`.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash codenum, message
---@trap Return `msys.core.VALIDATE_DONE` after a rejection: a later script may overwrite the code otherwise.
---@trap The code may be a number or a string of digits.
---@correction The page types `codenum` as a string; examples also pass numbers, and both are taken.
---@fidelity modelled
---@page momentum/4/lua/ref-vctx-set-code
function validate_context:set_code(codenum, message) end

--- Tells whether a context variable exists. Used in samples only.
---@param type vctx_dictionary Which dictionary: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
---@param key string Name of the variable.
---@return 0|1 exists 1 when it exists, 0 when it does not.
---@nilcrash type, key
---@undocumented
---@trap The result is a number, and 0 counts as true in Lua: compare it with 1.
---@fidelity modelled
function validate_context:exists(type, key) end
