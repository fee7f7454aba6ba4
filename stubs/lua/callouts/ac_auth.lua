---@meta

--- Hooks of the `ac_auth` module, with which a script checks the credentials of SMTP and HTTP clients
--- (`uri = "ac_auth://"` in the listener's authentication parameters).
---@class ac_auth_hooks
---@callouts ac_auth
---@page momentum/4/modules/ac-auth
local ac_auth_hooks = {}

--- Checks a user name and a password.
---
--- Over SMTP the validation context is `msys.core.accept_construct_get_message_construct(ac).ctx`, where `ac.protocol`
--- is `msys.core.P_ESMTP`.
---@param username string The user name.
---@param password string The password.
---@param ac accept_construct The connection.
---@param response ec_string Takes the reply to the client, an SMTP code with text: `response:write(text, #text)`.
---@result msys.core.EC_AUTH_OK authenticated
---@result msys.core.EC_AUTH_FAIL wrong credentials
---@result msys.core.EC_AUTH_ERROR they could not be checked
---@since 4=4.2
---@page momentum/4/modules/ac-auth
function ac_auth_hooks:ac_auth_perform_auth(username, password, ac, response) end

--- Runs when an authentication has failed, to log it.
---@param username string The user name.
---@param ac accept_construct The connection.
---@param response ec_string The reply to the client.
---@ignored
---@since 4=4.2
---@correction The page names no result, and its example returns none; it is read as ignored.
---@page momentum/4/modules/ac-auth
function ac_auth_hooks:ac_auth_log_auth_failure(username, ac, response) end
