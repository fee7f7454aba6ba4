---@meta msys.dp_config.custom_policy

--- Functions that a site may define to run before (`pre_…`) or after (`post_…`) the default policy of Momentum 3. The
--- default policy calls those that exist; there are none to begin with.
---@class msys.dp_config.custom_policy
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
msys.dp_config.custom_policy = {}

--- Defined by the site: runs before the default policy in `init`.
---@return boolean ok false says that it failed.
---@phase init
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_init() end

--- Defined by the site: runs after the default policy in `init`.
---@return boolean ok false says that it failed.
---@phase init
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_init() end

--- Defined by the site: runs before the default policy in `validate_connect`.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase connect
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_connect(ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_connect`.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase connect
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_connect(ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_ehlo`.
---@param ehlo_string ec_string What the client said.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase ehlo
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_ehlo(ehlo_string, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_ehlo`.
---@param ehlo_string ec_string What the client said.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase ehlo
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_ehlo(ehlo_string, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_mailfrom`.
---@param mailfrom_string ec_string The sender.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase mailfrom
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_mailfrom(mailfrom_string, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_mailfrom`.
---@param mailfrom_string ec_string The sender.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase mailfrom
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_mailfrom(mailfrom_string, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_rcptto`.
---@param msg ec_message The message.
---@param rcptto_string ec_string The recipient.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase rcptto
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_rcptto(msg, rcptto_string, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_rcptto`.
---@param msg ec_message The message.
---@param rcptto_string ec_string The recipient.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase rcptto
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_rcptto(msg, rcptto_string, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_data`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_data(msg, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_data`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_data(msg, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_data_spool`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data_spool
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_data_spool(msg, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_data_spool`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data_spool
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_data_spool(msg, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_data_spool_each_rcpt`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data_spool_each_rcpt
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_data_spool_each_rcpt(msg, ac, vctx) end

--- Defined by the site: runs after the default policy in `validate_data_spool_each_rcpt`.
---@param msg ec_message The message.
---@param ac accept_construct The connection.
---@param vctx validate_context The context.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase data_spool_each_rcpt
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_data_spool_each_rcpt(msg, ac, vctx) end

--- Defined by the site: runs before the default policy in `validate_set_binding`.
---@param msg ec_message The message.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase set_binding
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.pre_validate_set_binding(msg) end

--- Defined by the site: runs after the default policy in `validate_set_binding`.
---@param msg ec_message The message.
---@return validate_result result `msys.core.VALIDATE_DONE` ends the phase, `msys.core.VALIDATE_CONT` goes on.
---@phase set_binding
---@since 3=3.0
---@undocumented
---@fidelity recorded
---@page momentum/3/3-policy/policy-appendix-custom-policy-lua
function msys.dp_config.custom_policy.post_validate_set_binding(msg) end
