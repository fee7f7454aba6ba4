---@meta msys.extended.message

--- What a policy does with a message: envelope, headers, body, MIME parts, binding, new messages.
---
--- Requiring the module adds the methods below to messages; those of message parts are added with them.
---@class msys.extended.message
---@page momentum/4/4-lua-summary-table
msys.extended.message = {}

--- How a header is put beside those of the same name: `replace` deletes them first, `prepend` puts the new one at the
--- top of the headers, `append` at their end.
---@alias header_mode "replace"|"prepend"|"append"

--- The name of a header.
---@alias header_name string

--- The name of a `Binding` of the configuration.
---@alias binding_name string

--- The name of a `Binding_Group` of the configuration.
---@alias binding_group_name string

--- Which half of a socket address is wanted: the IP address, the port, or `ip:port`.
---@alias socket_component "ip"|"port"|"all"

--- One attachment for `msg:build`.
---@class message_attachment
---@field type? string Content type; a charset other than UTF-8 has to be named in it, as in `text/plain; charset=iso-8859-1`.
---@field name? string File name; a file in the current directory needs `./` before its name.
---@field headers? string Further header lines, separated by CRLF, without a CRLF at the end.
---@field content string|io_object|ec_message What is attached: a string is encoded as quoted-printable, an `io_object` has to be base64 already, a message becomes `message/rfc822` and needs none of the other fields.

---@class ec_message
local ec_message = {}

--- Identifier of the message. `tostring(msg.id)` is the form that the logs show.
---@type message_id
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap A field, not a method: no parentheses.
---@trap It is userdata: use `tostring` before concatenating or comparing.
---@page momentum/4/lua/ref-msg-id
ec_message.id = nil

--- Identifier of the connection that brought the message. `tostring(msg.conn_id)` is the form that the logs show.
---@type message_id
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap A field, not a method: no parentheses.
---@trap It is userdata: use `tostring` before concatenating or comparing.
---@page momentum/4/lua/ref-msg-conn-id
ec_message.conn_id = nil

--- Identifier of the batch: the same for all recipients of one reception. `tostring(msg.batch_id)` is the form that the
--- logs show.
---@type message_id
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap A field, not a method: no parentheses.
---@trap It is userdata: use `tostring` before concatenating or comparing.
---@page momentum/4/lua/ref-msg-batch-id
ec_message.batch_id = nil

--- Parses every header of a name as RFC 2822 addresses and returns the wanted piece of each address.
---@param headername header_name Name of the header, such as `From`.
---@param component? address_component Which piece; the whole address when left out.
---@return string[] addresses One element an address, in the order of the headers; empty without such a header.
---@requires msys.extended.message
---@since 3=3.0 4=4.0
---@correction The summary table has no row for it; an example of the manual of series 3 uses it, so it is taken to be there.
---@correction The page shows only `...`; names and meaning of the parameters are those of `msgpart:address_header`, which its examples bear out.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-address-header
function ec_message:address_header(headername, component) end

--- Reads the message's binding, or chooses one.
---@param name? binding_name Name of a binding of the configuration, `default` included; left out: only read.
---@return string? binding Name of the binding that the message now has; nil when it has none, or when there is no binding of the given name.
---@requires msys.extended.message
---@phase set_binding
---@callout validate_set_binding
---@since 3=3.0 4=4.0
---@trap What it does outside `validate_set_binding` is undefined.
---@trap It takes one name, no list of names.
---@trap The binding must stand in ecelerity.conf: check the result for nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-binding
function ec_message:binding(name) end

--- Reads the message's binding group, or lets the server choose a binding out of a group.
---
--- With the adaptive module an unsuspended binding of this node is taken first, then an unsuspended one of another
--- node; when all are suspended, one of this node at random.
---@param value? binding_group_name Name of a binding group of the configuration; left out: only read.
---@return string? group Name of the group that the message now has; nil when it has none.
---@requires msys.extended.message
---@phase set_binding
---@since 3=3.0 4=4.0
---@trap Only in `validate_set_binding`, as the overview of functions has it.
---@trap Reading, without an argument, works since 4.2.38.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-binding-group
function ec_message:binding_group(value) end

--- Reads or replaces the body, without the headers and without undoing the transfer encoding.
---@param content? string The new body, ending in CRLF `.` CRLF; left out: only read.
---@return string body The body, without the end-of-data marker.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap A new body must end in the end-of-data marker `\r\n.\r\n`; add it yourself.
---@trap What is read has no end-of-data marker: do not write it back without adding one.
---@trap Call `msg:mime(false)` before changing content.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-body
function ec_message:body(content) end

--- Searches the body, without the headers, for a PCRE pattern, as it streams by. Transfer encoding is not undone.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches What matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-body-match
function ec_message:body_match(pattern) end

--- Replaces what a PCRE pattern matches in the body, without the headers, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is documented only as being like `msg:body_match`, hence true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-body-replace
function ec_message:body_replace(pattern, replacement) end

--- Fills an empty message: headers, alternative texts, attachments. `msg:inject` then sends it.
---
--- Parts of a `text/*` type without a charset are encoded as quoted-printable, all other parts as base64.
---@param headers table<string, string> Header names and their values; non-ASCII values have to be encoded (RFC 2047) by the caller.
---@param parts table<string, string> Content types and the content of each, such as `["text/plain; charset=utf-8"] = "Hello"`.
---@param attachments? message_attachment[] The attachments; nil or an empty table for none.
---@return unknown result Not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap The message must be an empty one from `msys.core.ec_message_new(nil)`.
---@trap An attachment's `headers` must not end in CRLF.
---@trap The name of a file in the current directory needs `./` before it.
---@trap Header values with non-ASCII text must be encoded (RFC 2047) by the caller.
---@trap Content given as an `io_object` must be base64 already.
---@correction The page types `attachments` as an array of userdata; its text and examples show an array of tables, and nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-build
function ec_message:build(headers, parts, attachments) end

--- Sets the response of the message, or reads it.
---
--- A multi-line text is put into the form of a multi-line SMTP response.
---@param number integer|string SMTP code, put before the text; 0 takes the code out of the text.
---@param str? string The text, with the code in it when `number` is 0.
---@return unknown result Not documented.
---@overload fun(self: ec_message): string
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@never validate_set_binding
---@since 3=3.0 4=4.0
---@trap Do not call it from `validate_set_binding`.
---@trap During reception `vctx:set_code` is what reaches the client.
---@trap With `number` 0 the text must begin with the code.
---@correction The page types `number` as a number, and its own example passes a string: both are taken.
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-code
function ec_message:code(number, str) end

--- Drops the message: the client hears that it was accepted, no bounce is sent, and the log shows a rejection.
---@param reason? string What the log says, beginning with an SMTP code, such as `550 5.7.0 unwanted`; left out: `550 5.7.0 discarded by policy`.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@never validate_set_binding
---@since 3=3.0 4=4.0
---@trap Do not call it from `validate_set_binding`.
---@trap A reason that does not begin with an SMTP code is replaced by `550 5.7.1 [internal] discarded by policy`.
---@trap The script goes on after the call: a `VALIDATE_*` value still has to be returned.
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-discard
function ec_message:discard(reason) end

--- Sends a new message to other recipients, with this one attached to it.
---@param sender string Address of the one who forwards.
---@param rcptto string Recipient; several are separated by commas.
---@param text string A short text for the new message.
---@param subject? string Subject of the new message; non-ASCII text has to be encoded (RFC 2047).
---@param charset? string Charset of `text`; needed when it is not plain ASCII.
---@return unknown result Not documented.
---@requires msys.extended.message
---@phase rcptto, data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap Text that is not plain ASCII needs `charset`.
---@trap Several recipients stand in one string, separated by commas; a table is not taken.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-forward
function ec_message:forward(sender, rcptto, text, subject, charset) end

--- Copies the envelope sender or recipient into two C strings, split at the `@`.
---@param flags envelope_field|integer `msys.core.EC_MSG_ENV_FROM` or `msys.core.EC_MSG_ENV_TO`; with `| msys.core.EC_MSG_ENV_COMPLETE` the whole address goes into `localpart_str`.
---@param localpart_str ec_string Takes the local part, or the whole address.
---@param domain_str ec_string Takes the domain.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0.9 4=4.0
---@nilcrash flags, localpart_str, domain_str
---@trap `EC_MSG_ENV_FROM` and `EC_MSG_ENV_TO` must not be combined.
---@trap Both strings must come from `msys.core.string_new()`; use `tostring` to read them.
---@trap Some examples pass the flags alone: the two strings are needed.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-get-envelope-2
function ec_message:get_envelope2(flags, localpart_str, domain_str) end

--- Reads, sets, adds or deletes headers by name.
---
--- With the name alone it returns the values, decoded (RFC 2047) to UTF-8. With `""` as value it deletes all headers of
--- the name. Otherwise it sets the value, or one header a value when it is a table; non-ASCII text is encoded.
---@param hdr header_name Name of the header, without the colon.
---@param value string|string[] The new value or values; `""` deletes.
---@param mode? header_mode What becomes of headers of the same name; `replace` when left out.
---@return boolean changed Whether it worked.
---@overload fun(self: ec_message, hdr: header_name): string[]
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap Reading gives a table: the first value is `msg:header(name)[1]`, nil when there is no such header.
---@trap `""` deletes here, while `msgpart:header` deletes with nil.
---@trap It sees the headers of the first MIME part: for MCMT messages use `msgpart:header`.
---@trap `mode` is `replace`, `prepend` or `append`, nothing else.
---@trap The page contradicts itself on the default mode (replace in the text, append at an example): name the mode.
---@correction The page types `value` as a string; its text also allows a table of values. The default mode is read as `replace`, as the text and `msgpart:header` have it.
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-header
function ec_message:header(hdr, value, mode) end

--- Sends the message: puts it into the server's queue under a new envelope.
---@param mailfrom string Envelope sender, `localpart@domain`.
---@param rcptto string Envelope recipient, `localpart@domain`; several are separated by commas.
---@return unknown result Not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.1 4=4.0
---@trap Several recipients stand in one string, separated by commas; a table is not taken.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-inject
function ec_message:inject(mailfrom, rcptto) end

--- Returns address and port of the local listener that received the message.
---@param flag? socket_component `ip`, `port` or `all`; `all` when left out or nil.
---@return string address For example `10.1.2.3`, `25`, or `10.1.2.3:25` for `all`.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap `flag` is `ip`, `port` or `all`, nothing else.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-listener-addr
function ec_message:listener_addr(flag) end

--- Reads or replaces the envelope sender.
---@param address? string The new sender, `localpart@domain`; left out: only read.
---@return string? sender The sender that the message now has; nil for the null sender `<>`.
---@requires msys.extended.message
---@phase rcptto, data, data_spool, data_spool_each_rcpt, set_binding
---@since 3=3.0 4=4.0
---@trap Bounces and other mail with the null sender `<>` give nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-mailfrom
function ec_message:mailfrom(address) end

--- Makes up a MIME boundary that is no part of any boundary of this message.
---@param ... ec_message_part Further trees whose boundaries must not be met either.
---@return string boundary The boundary, without the leading dashes.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msg-make-boundary
function ec_message:makeBoundary(...) end

--- Makes a message part that holds other parts. It belongs to no tree until it is added or inserted.
---@param mimetype string Its content type, such as `multipart/mixed`.
---@param boundary? string Its boundary; one is made up when left out or nil.
---@param add_terminator? boolean True adds the end-of-data marker, so that the part can be the top of a message; false when left out.
---@return ec_message_part container The new part.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap `add_terminator` is for the part that becomes the top one, for no other.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-make-container
function ec_message:makeContainer(mimetype, boundary, add_terminator) end

--- Makes a message part with content of its own. It belongs to no tree until it is added or inserted.
---@param mimetype string Its content type, such as `text/plain`.
---@param body? io_object|string Its content, without headers.
---@param encoding? transfer_encoding The transfer encoding that the content is in; `msys.core.EC_MIME_TE_7BIT` when left out.
---@return ec_message_part part The new part.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap The page asks for an `io_object`; its example passes a string and then sets `body_start` and `body_end` by hand.
---@correction The page types `encoding` as a string: it is one of the `msys.core.EC_MIME_TE_*` constants. A string as `body` is taken because the page's example passes one.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-make-part
function ec_message:makePart(mimetype, body, encoding) end

--- Returns the top of the message's MIME tree. `part.thread` leads on to the next part, nil after the last.
---@param readonly? boolean False asks for a tree that may be changed.
---@return ec_message_part top The top part.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Without `false` the parts are read-only: changing one raises an error.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-mime
function ec_message:mime(readonly) end

--- Replaces the whole content, headers and body, or reads it.
---@param value string The new content, a complete RFC 2822 message.
---@return unknown result Not documented.
---@overload fun(self: ec_message): string, integer
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap Reading gives two results, content and length in bytes: put the call in parentheses where one value is meant.
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-raw
function ec_message:raw(value) end

--- Searches the whole content, headers and body, for a PCRE pattern, as it streams by. Transfer encoding is not undone.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches All that matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-raw-match
function ec_message:raw_match(pattern) end

--- Replaces what a PCRE pattern matches in the whole content, headers and body, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is documented only as being like `msg:raw_match`, hence true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-raw-replace
function ec_message:raw_replace(pattern, replacement) end

--- Reads or replaces the envelope recipient.
---@param address? string The new recipient, `localpart@domain`; left out: only read.
---@return string recipient The recipient that the message now has.
---@requires msys.extended.message
---@phase rcptto, data, data_spool, data_spool_each_rcpt, set_binding
---@callout modify: validate_data_spool_each_rcpt or later
---@since 3=3.0 4=4.0
---@trap Reading works from `validate_rcptto` on; changing only in `validate_data_spool_each_rcpt` or later, where each recipient has a message of its own.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-rcptto
function ec_message:rcptto(address) end

--- Returns address and port of the host that sent the message to this server.
---@param flag? socket_component `ip`, `port` or `all`; `all` when left out or nil.
---@return string address For example `10.1.2.3`, `40125`, or `10.1.2.3:40125` for `all`.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap `flag` is `ip`, `port` or `all`, nothing else.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-reception-peer
function ec_message:reception_peer(flag) end

--- Replaces the body by a text, or reads the text.
---
--- Setting encodes the text and adjusts the content headers. Reading, without an argument, gives the parts of a
--- `text/*` type in UTF-8, with the transfer encoding undone: one string, or a table of them when there are several.
---@param value string The new text.
---@param type? string Content type, such as `text/html`.
---@param charset? string Charset to convert the text to.
---@return unknown result Not documented.
---@overload fun(self: ec_message): string|string[]
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@trap Reading gives a table when the message has several text parts.
---@trap Setting replaces the whole body, attachments included, and changes the content headers.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-text-1
function ec_message:text(value, type, charset) end

--- Searches the text of the body for a PCRE pattern, as it streams by: in UTF-8, with the transfer encoding undone.
---@param pattern pcre_pattern A PCRE pattern.
---@return table|false matches What matched; false when nothing did. How the table is keyed is not documented.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap Without a match the result is false, not nil.
---@fidelity modelled
---@page momentum/4/lua/ref-msg-text-match
function ec_message:text_match(pattern) end

--- Replaces what a PCRE pattern matches in the text of the body, as it streams by.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string The text that takes the place of a match.
---@return table|boolean replaced False when nothing matched; what it is otherwise is documented only as being like `msg:text_match`, hence true in a condition.
---@requires msys.extended.message
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@mutates
---@fidelity modelled
---@page momentum/4/lua/ref-msg-text-replace
function ec_message:text_replace(pattern, replacement) end
