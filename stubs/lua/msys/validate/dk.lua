---@meta msys.validate.dk

--- DomainKeys, the forerunner of DKIM.
---@class msys.validate.dk
---@page momentum/4/4-lua-summary-table
msys.validate.dk = {}

--- What to sign with; each field takes the place of an option of the configuration module `dk_sign`.
---@class msys.validate.dk.sign_options
---@field base_domain? string Domain that signs.
---@field selector? string Selector of the key.
---@field keyfile? string Path of the key; it may have the placeholders of the module's option.
---@field keybuf? string The key itself, PEM.

--- Gives the domain that answers for a message.
---@param msg ec_message
---@param vctx validate_context
---@return string domain
---@requires msys.validate.dk
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap The configuration module `dk_validate` must be loaded.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-dk-get-responsible-domain
function msys.validate.dk.get_responsible_domain(msg, vctx) end

--- Signs a message.
---@param msg ec_message
---@param vctx validate_context
---@param options msys.validate.dk.sign_options
---@requires msys.sign.dk
---@phase core_data_validation
---@callout core_final_validation
---@since 3=3.1 4=4.0
---@trap Call it in `core_final_validation` alone: whatever changes the message later breaks the signature.
---@trap The configuration module `dk_sign` must be loaded.
---@trap The Momentum 4 page asks for `require("msys.sign.dk")`; by its name the function is in `msys.validate.dk`. Require both if in doubt.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-validate-dk-sign
function msys.validate.dk.sign(msg, vctx, options) end
