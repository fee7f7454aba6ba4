---@meta msys.xmpp

--- Instant messages over XMPP.
---@class msys.xmpp: xmpp
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
msys.xmpp = {}

-- What an XMPP hook returns.

--- Go on with what the server would do.
---@type integer
---@constant msys.xmpp.result
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
msys.xmpp.CONT = nil

--- The hook dealt with the stanza.
---@type integer
---@constant msys.xmpp.result
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
msys.xmpp.DONE = nil

--- The module by the name that the pages give it: they begin with `xmpp = require("msys.xmpp")`.
---@class xmpp
---@receiver xmpp
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
local xmpp = {}

--- Availability of a user, with `show` and `status` as the user's client sent them.
---@class xmpp.presence
---@field availability boolean true when the user can be reached.
---@field show? string `away`, `chat`, `dnd` or `xa`.
---@field status? string Text of the user's own.

--- Tells whether a user is connected to this server. It works in every hook and phase.
---@param jid string Address of the user.
---@return boolean connected
---@requires msys.xmpp
---@nilcrash jid
---@fidelity fixture
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp.connected(jid) end

--- Tells whether a user can be reached. It works in every hook and phase.
---@param jid string Address of the user.
---@return xmpp.presence presence
---@requires msys.xmpp
---@nilcrash jid
---@trap The result is a table, which is always true: test `xmpp.online(jid).availability`.
---@fidelity fixture
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp.online(jid) end

--- Reads a stanza and sends it on its way.
---@param xml_stanza_string string The stanza, as XML.
---@return boolean sent false when it cannot be read or sent.
---@requires msys.xmpp
---@nilcrash xml_stanza_string
---@correction The page writes it with a colon and the other two with a dot; it is read as a function like them.
---@fidelity recorded
---@page momentum/mobile/mobile-reference/xmpp-lua-functions
function xmpp.send(xml_stanza_string) end

--- Sends a stanza on its way. Seen in an example only.
---@param stanza xml_node The stanza.
---@return unknown result Not documented.
---@requires msys.xmpp
---@undocumented
---@nilcrash stanza
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
function xmpp.routeStanza(stanza) end

--- Tells whether a domain is one of this server's XMPP domains. Seen in an example only.
---@param domain string
---@return boolean valid
---@requires msys.xmpp
---@undocumented
---@nilcrash domain
---@fidelity fixture
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
function xmpp.valid_domain(domain) end

--- Registers hooks that the XMPP module calls, such as `client_message_recv`. Seen in an example only.
---@param name string A name of your own.
---@param module table Table with the hooks.
---@requires msys.xmpp
---@undocumented
---@nilcrash name, module
---@registers xmpp
---@fidelity modelled
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
function xmpp.registerModule(name, module) end
