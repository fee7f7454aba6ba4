---@meta msys.extended.message

--- What `msgpart:content_type` says of a part. A field is nil where the headers say nothing.
---@class part_content_type
---@field mimetype? string Media type, such as `text/plain`.
---@field charset? string Charset, such as `utf-8`.
---@field encoding? string Transfer encoding, such as `base64`.
---@field is_attachment? boolean True whenever the headers name a file.
---@field filename? string File name out of Content-Disposition, else the `name` of Content-Type.

---@class ec_message_part
local ec_message_part = {}

--- Adds a part as the first child of this one.
---@param child ec_message_part A part from `msg:makePart` or `msg:makeContainer`.
---@return boolean added False on an error, for example when this part is no container.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@trap This part must be a container already.
---@correction The page types `child` as a table: it is a message part.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-add-first-child
function ec_message_part:addFirstChild(child) end

--- Adds a part as the last child of this one.
---@param child ec_message_part A part from `msg:makePart` or `msg:makeContainer`.
---@return boolean added False on an error, for example when this part is no container.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@trap This part must be a container already.
---@correction The page types `child` as a table: it is a message part.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-add-last-child
function ec_message_part:addLastChild(child) end

--- Parses every header of a name in this part as RFC 2822 addresses and returns the wanted piece of each address.
---@param headername header_name Name of the header, such as `From`.
---@param component? address_component Which piece; the whole address when left out.
---@return string[] addresses One element an address, in the order of the headers; empty without such a header.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap `component` is `all`, `localpart`, `user`, `detail` or `domain`, nothing else.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-address-header
function ec_message_part:address_header(headername, component) end

--- Searches the body of this part, without its headers, for a PCRE pattern, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches What matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-body-match
function ec_message_part:body_match(pattern) end

--- Replaces what a PCRE pattern matches in the body of this part, without its headers, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is not documented, but true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@mutates
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-body-replace
function ec_message_part:body_replace(pattern, replacement) end

--- Returns what the headers of this part say about its content: media type, charset, encoding, file name.
---@return part_content_type content_type The pieces by name.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Only one file name is returned: Content-Disposition's goes before the `name` of Content-Type.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-content-type
function ec_message_part:content_type() end

--- Reads, sets, adds or deletes headers of this part by name.
---
--- With the name alone it returns the values; with nil as value it deletes all headers of the name; otherwise it sets
--- the value.
---@param name header_name Name of the header, without the colon.
---@param value string|nil The new value; nil deletes.
---@param mode? header_mode What becomes of headers of the same name; `replace` when left out.
---@return unknown result Not documented.
---@overload fun(self: ec_message_part, name: header_name): string[]
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@mutates
---@raises When it changes a part of a read-only tree: get it through `msg:mime(false)`.
---@trap nil deletes here, while `msg:header` deletes with `""`. The nil has to be written: with the name alone it reads.
---@trap `mode` is `replace`, `prepend` or `append`, nothing else.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-header-3
function ec_message_part:header(name, value, mode) end

--- Puts this part into the MIME tree, right behind another one.
---@param after ec_message_part The part that it comes behind.
---@return unknown result Not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the tree is read-only: get it through `msg:mime(false)`.
---@trap The argument is a part, not a name.
---@correction The page types `after` as a string: it is a message part.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-insert-after
function ec_message_part:insertAfter(after) end

--- Puts this part into the MIME tree, right before another one.
---@param before ec_message_part The part that it comes before.
---@return unknown result Not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the tree is read-only: get it through `msg:mime(false)`.
---@trap The argument is a part, not a name.
---@correction The page types `before` as a string: it is a message part.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-insert-before
function ec_message_part:insertBefore(before) end

--- Searches this part, headers and body, for a PCRE pattern, as it streams by. Transfer encoding is not undone.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches What matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-raw-match
function ec_message_part:raw_match(pattern) end

--- Replaces what a PCRE pattern matches in this part, headers and body, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is not documented, but true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-raw-replace
function ec_message_part:raw_replace(pattern, replacement) end

--- Replaces the body of this part by a text, or reads the text.
---
--- Setting encodes the text and adjusts the part's headers. Reading, without an argument, gives the text in UTF-8, with
--- the transfer encoding undone, or nil for a part without a body.
---@param value string The new text.
---@param type? string Content type, such as `text/html`.
---@param charset? string Charset to convert the text to.
---@return unknown result Not documented.
---@overload fun(self: ec_message_part): string?
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When it changes a part of a read-only tree: get it through `msg:mime(false)`.
---@trap Reading gives nil for a part without a body.
---@trap Setting does not double a dot at the start of a line: do that yourself.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-text-2
function ec_message_part:text(value, type, charset) end

--- Searches the text of this part for a PCRE pattern, as it streams by: in UTF-8, with the transfer encoding undone.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches What matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-text-match
function ec_message_part:text_match(pattern) end

--- Replaces what a PCRE pattern matches in the text of this part, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is not documented, but true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@raises When the part belongs to a read-only tree: get it through `msg:mime(false)`.
---@fidelity modelled
---@page momentum/4/lua/ref-msgpart-text-replace
function ec_message_part:text_replace(pattern, replacement) end
