---@meta

--- A node of an XML document: an element or a text.
---@class xml_node
---@receiver node
---@page momentum/4/lua/ref-xml-node-children
local xml_node = {}

--- Adds a child at the end.
---@param value string|xml_node Name of a new element, or a node to put there.
---@return xml_node child The new element, or the node that was given.
---@requires xml
---@since 4=4.0
---@nilcrash value
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-addchild
function xml_node:addchild(value) end

--- Reads an attribute, or sets it when a value is given; a value of nil removes it.
---@param name string Name of the attribute.
---@param value? string|number The new value.
---@return string? value The attribute's value, nil without one; nothing when it was set.
---@overload fun(self: xml_node, name: string, value: string|number|nil)
---@requires xml
---@since 4=4.0
---@nilcrash name
---@trap Giving nil as the value removes the attribute; only leaving it out reads it. `node:attr` is the same method.
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-attribute
function xml_node:attribute(name, value) end

--- Reads, sets or removes an attribute; the same as `node:attribute`.
---@param name string Name of the attribute.
---@param value? string|number The new value; nil removes the attribute.
---@return string? value The attribute's value, nil without one; nothing when it was set.
---@overload fun(self: xml_node, name: string, value: string|number|nil)
---@requires xml
---@since 4=4.0
---@nilcrash name
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-attribute
function xml_node:attr(name, value) end

--- Goes over the children, texts included: `for child in node:children() do`.
---@return fun(): xml_node? children Gives the children one by one.
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-children
function xml_node:children() end

--- Reads the text inside the node and all nodes below it, or replaces it when a text is given.
---@param text_str? string The new text; it is escaped as needed, so it cannot bring elements along.
---@return string? text The text; nothing when it was set.
---@overload fun(self: xml_node, text_str: string)
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-contents
function xml_node:contents(text_str) end

--- Gives the document that the node belongs to.
---@return xml_document document
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-doc
function xml_node:doc() end

--- Gives the document that the node belongs to; the same as `node:doc`.
---@return xml_document document
---@requires xml
---@undocumented
---@fidelity modelled
function xml_node:document() end

--- Gives the name of the node.
---@return string? name Name of the element; `text` for a text.
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-name
function xml_node:name() end

--- Gives the node, with everything below it, as indented text.
---@return string text
---@requires xml
---@since 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-tostring
function xml_node:tostring() end

--- Takes the node out of its document, so that it outlives it.
---@return xml_node node The node itself.
---@requires xml
---@since 4=4.0
---@trap Do it before the document is collected: afterwards the node points to freed memory.
---@fidelity modelled
---@page momentum/4/lua/ref-xml-node-unlink
function xml_node:unlink() end

--- Copies the node with everything below it; the copy belongs to no document.
---@return xml_node? copy nil when there is no memory.
---@requires xml
---@undocumented
---@fidelity modelled
function xml_node:copy() end

--- Frees the node at once. The value raises afterwards; another one for the same node points to freed memory.
---@requires xml
---@undocumented
---@trap Only for a node that belongs to no document, and only once.
---@fidelity modelled
function xml_node:free() end

--- Reads an attribute of a namespace (`node:attrns(name, uri)`), or sets one (`node:attrns(namespace, name, value)`).
---@param name string Name of the attribute.
---@param uri? string URI of its namespace; nil for none.
---@return string? value nil when there is no such attribute; nothing when it was set.
---@overload fun(self: xml_node, namespace: userdata, name: string, value: string?)
---@requires xml
---@undocumented
---@nilcrash name
---@fidelity modelled
function xml_node:attrns(name, uri) end

--- Declares a namespace on the node.
---@param uri string? URI of the namespace.
---@param prefix? string Prefix for names in it; the default namespace when left out.
---@return userdata? namespace nil when it cannot be declared.
---@requires xml
---@undocumented
---@fidelity modelled
function xml_node:newns(uri, prefix) end

--- Puts the node into a namespace.
---@param namespace userdata Namespace from `node:newns`.
---@requires xml
---@undocumented
---@nilcrash namespace
---@fidelity modelled
function xml_node:setns(namespace) end
