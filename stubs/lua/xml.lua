---@meta xml

--- XML documents, by libxml2. `require("xml")` also sets the global `xml`.
---@class xml
---@global
---@page momentum/4/lua/ref-xml-parsexml
xml = {}

--- Reads an XML document.
---@param strxml string The text.
---@param keep_blanks? integer 0 or left out drops white space between elements; anything else keeps it as text nodes.
---@return xml_document? document nil when the text is not well-formed.
---@requires xml
---@since 4=4.0
---@nilcrash strxml
---@trap `keep_blanks` is a number: true raises.
---@fidelity modelled
---@page momentum/4/lua/ref-xml-parsexml
function xml.parsexml(strxml, keep_blanks) end

--- Makes an element that belongs to no document yet; `node:addchild` puts it into one.
---@param name string Name of the element.
---@param namespace? userdata Namespace from `node:newns`.
---@return xml_node? node nil when there is no memory.
---@requires xml
---@undocumented
---@nilcrash name
---@fidelity modelled
---@page momentum/mobile/mobile-reference/mcmt-2-xmpp
function xml.newnode(name, namespace) end
