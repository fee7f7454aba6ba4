---@meta msys.base64

--- Base64 encoding and decoding with character set conversion.
---@class msys.base64
---@page momentum/4/4-lua-summary-table
msys.base64 = {}

--- Decodes base64 text.
---@param encoded_text string The base64 text; line breaks in it do no harm.
---@param charset? string Character set that the decoded bytes are in; they are converted from it to UTF-8. Left out, they are taken as UTF-8.
---@return string decoded The decoded bytes.
---@requires msys.base64
---@phase any
---@since 3=3.1 4=4.0
---@raises the text is no base64, or cannot be converted
---@nilcrash encoded_text
---@trap It raises on input that cannot be decoded: wrap text from a message in `pcall`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-base-64-decode
function msys.base64.decode(encoded_text, charset) end

--- Encodes text as base64.
---@param original string|ec_string The text, in UTF-8 (or the bytes, when no `charset` is given).
---@param fold? boolean true breaks the result with CRLF after every 76 characters; left out, it is one line.
---@param charset? string Character set to convert the text to before it is encoded; left out, UTF-8 stays.
---@return string encoded
---@requires msys.base64
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash original
---@correction The page types `fold` as a string; it is used as a truth value.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-base-64-encode
function msys.base64.encode(original, fold, charset) end
