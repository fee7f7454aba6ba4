---@meta

--- Callbacks of the XMPP server. The table is registered with `xmpp.registerModule`, not with `msys.registerModule`.
---@class xmpp_hooks
---@callouts xmpp
---@requires msys.xmpp
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
local xmpp_hooks = {}

--- Runs for each stanza that an XMPP client sends: the place to turn instant messages into mail.
---@param sess userdata The client's XMPP session.
---@param stanza xml_node The stanza.
---@result msys.xmpp.DONE handled
---@result msys.xmpp.CONT not handled: it goes on as usual
---@requires msys.xmpp
---@since 3=3.0 4=4.0
---@trap The XML document around `stanza` is most likely gone: walk its nodes with `stanza:children()`, not with an XPath over the document.
---@correction The page shows the constants in an example and does not explain them; their meaning is taken from their names.
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
function xmpp_hooks:client_message_recv(sess, stanza) end
