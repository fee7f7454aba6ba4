---@meta msys.qp

--- Quoted-printable encoding and decoding with character set conversion.
---@class msys.qp
---@page momentum/4/4-lua-summary-table
msys.qp = {}

--- Decodes quoted-printable text.
---@param encoded_txt string The encoded text.
---@param charset? string Character set that the decoded bytes are in; they are converted from it to UTF-8. Left out, they are taken as UTF-8.
---@return string decoded
---@requires msys.qp
---@phase any
---@since 3=3.1 4=4.0
---@raises the text is no quoted-printable, or cannot be converted
---@nilcrash encoded_txt
---@trap It raises on input that cannot be decoded: wrap text from a message in `pcall`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-qp-decode
function msys.qp.decode(encoded_txt, charset) end

--- Encodes text as quoted-printable.
---@param original string|ec_string The text, in UTF-8.
---@param charset? string Character set to convert the text to before it is encoded; left out, UTF-8 stays.
---@param dotstuffing? boolean true protects a dot at the start of a line. The Momentum 4 page alone has this parameter.
---@return string encoded
---@requires msys.qp
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash original
---@fidelity modelled
---@page momentum/4/lua/ref-msys-qp-encode
function msys.qp.encode(original, charset, dotstuffing) end
