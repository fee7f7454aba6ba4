---@meta

--- An XML document, from `xml.parsexml`.
---@class xml_document
---@receiver doc
---@trap Nodes do not keep their document alive: hold on to it as long as a node of it is used, or `node:unlink` the node.
---@page momentum/4/lua/ref-xml-parsexml
local xml_document = {}

--- Gives the root element.
---@return xml_node root
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-doc-root
function xml_document:root() end

--- Gives the document as indented text in UTF-8, with the XML declaration.
---@return string text
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-doc-tostring
function xml_document:tostring() end

--- Finds nodes by an XPath expression: `for node in doc:xpath("//item") do`.
---@param query string The expression.
---@param contextnode? xml_node Node of this document that relative paths start from; the document when left out.
---@return fun(): xml_node? nodes Gives the nodes one by one; none when nothing matches or the expression is wrong.
---@requires xml
---@since 4=4.0
---@raises no expression is given, `contextnode` is given and is nil
---@nilcrash query
---@trap A context node of another document must not be given.
---@trap A wrong expression is no error: there are just no nodes.
---@correction The page types the context node as a string and asks for brackets around it; it is a node, as it stands.
---@fidelity modelled
---@page momentum/4/lua/ref-xml-doc-xpath
function xml_document:xpath(query, contextnode) end
