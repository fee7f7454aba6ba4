---@meta

--- Address of an XMPP user: `user@domain/resource`.
---@class xmpp_jid
---@receiver jid
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
local xmpp_jid = {}

--- Gives the address without its resource: `user@domain`.
---@return string bare
---@requires msys.xmpp
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp_jid:bare() end

--- Gives the domain.
---@return string domain
---@requires msys.xmpp
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp_jid:domain() end

--- Gives the whole address: `user@domain/resource`.
---@return string full
---@requires msys.xmpp
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp_jid:get() end

--- Gives the resource, which tells one client of a user from another.
---@return string resource
---@requires msys.xmpp
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp_jid:resource() end

--- Gives the part before the `@`.
---@return string user
---@requires msys.xmpp
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp_jid:user() end
