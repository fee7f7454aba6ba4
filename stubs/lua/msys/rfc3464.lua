---@meta msys.rfc3464

--- Delivery status notifications, as RFC 3464 has them.
---@class msys.rfc3464
---@page momentum/4/4-lua-summary-table
msys.rfc3464 = {}

--- Makes the delivery status headers for a message.
---@param msg ec_message The message that the notification is about.
---@param action dsn_action What became of it: `msys.core.FAILED`, `DELAYED`, `DELIVERED`, `RELAYED` or `EXPANDED`.
---@return table<string, string> headers Value by name of the header.
---@requires msys.rfc3464
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash msg, action
---@trap `action` is one of the five constants, not a text.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status
function msys.rfc3464.compute_delivery_status(msg, action) end

--- Makes delivery status headers from the answer of a remote server.
---@param response_text string The SMTP response.
---@return string headers The headers, with CRLF between them.
---@requires msys.rfc3464
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash response_text
---@fidelity modelled
---@page momentum/4/lua/ref-msys-rfc-3464-compute-delivery-status-string
function msys.rfc3464.compute_delivery_status_string(response_text) end

--- Makes a notification about a message. It is not sent: `msys.rfc3464.send_mdn` does both.
---@param msg ec_message The message that it is about.
---@param action dsn_action What became of it: `msys.core.FAILED`, `DELAYED`, `DELIVERED`, `RELAYED` or `EXPANDED`.
---@return ec_message mdn The notification.
---@requires msys.rfc3464
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash msg, action
---@trap `action` is one of the five constants, not a text.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-rfc-3464-create-mdn
function msys.rfc3464.create_mdn(msg, action) end

--- Makes a notification about a message and puts it into the queue.
---@param msg ec_message The message that it is about.
---@param action dsn_action What became of it: `msys.core.FAILED`, `DELAYED`, `DELIVERED`, `RELAYED` or `EXPANDED`.
---@return 0|1 sent 1 when it was queued, 0 when not.
---@requires msys.rfc3464
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash msg, action
---@trap The result is a number, and 0 counts as true in Lua: compare it with 1.
---@trap `action` is one of the five constants, not a text.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-rfc-3464-send-mdn
function msys.rfc3464.send_mdn(msg, action) end

--- Reads the delivery status headers of a notification that came in.
---@param msg ec_message The notification.
---@return table<string, string>? headers Value by name of the header; nil when the message is no notification or cannot be read.
---@requires msys.rfc3464
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash msg
---@fidelity modelled
---@page momentum/4/lua/ref-msys-rfc-3464-extract-delivery-status
function msys.rfc3464.extract_delivery_status(msg) end
