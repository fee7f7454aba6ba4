---@meta string

--- A pattern of Lua: `%d` is a digit, `-` repeats as little as possible. No regular expression.
---@alias lua_pattern string|number

--- What takes the place of a match of a pattern: `%1` is a group, `%0` the match, `%%` a percent sign.
---@alias lua_replacement string

--- Texts. Every string has these functions as methods: `s:upper()` is `string.upper(s)`.
---
--- A string is a row of bytes of any value. Positions count bytes from 1, negative ones from the end. Where a text is
--- taken, a number is taken too, but a number has no methods.
---@class string
---@global
string = {}

--- Gives the codes of the bytes `i` to `j`.
---@param s string|number
---@param i? integer 1 when left out.
---@param j? integer `i` when left out.
---@return integer? code 0 to 255; nothing when the range holds no byte.
---@return integer... more
---@nilcrash s
---@raises the range holds too many bytes for the stack
---@fidelity modelled
function string.byte(s, i, j) end

--- Makes a text of byte codes.
---@param ... integer 0 to 255.
---@return string text
---@raises an argument is nil, or no number from 0 to 255
---@fidelity modelled
function string.char(...) end

--- Gives a function as compiled code.
---@param f function
---@return string code
---@nilcrash f
---@raises `f` is a C function
---@trap The local runtime does not load compiled code.
---@fidelity recorded
function string.dump(f) end

--- Searches a text for a Lua pattern.
---@param s string|number
---@param pattern lua_pattern A Lua pattern, not a regular expression.
---@param init? integer Where to begin; 1 when left out.
---@param plain? boolean true: `pattern` is plain text.
---@return integer? first Position of the match; nil when there is none.
---@return integer? last Position of its last byte.
---@return string... captures What the groups matched; the position, a number, for `()`.
---@nilcrash s, pattern
---@raises the pattern is malformed
---@trap `. - + * ? [ ] ( ) ^ $ %` have a meaning in patterns: escape them with `%`, or pass true as fourth argument.
---@trap A pattern with several repetitions can run for minutes on text that a sender chose.
---@trap A zero byte ends the pattern; `%z` matches one.
---@fidelity modelled
function string.find(s, pattern, init, plain) end

--- Puts values into a text.
---
--- `%d` and `%i` take a number without its fraction, as 64 bits with sign; `%u`, `%o`, `%x`, `%X` the same without
--- sign. `%e`, `%f`, `%g` take a number, `%c` a byte code, `%s` a text, `%q` a text that is quoted for Lua; `%%` is a
--- percent sign. Width and precision have two digits at most.
---@param format string|number
---@param ... string|number
---@return string text
---@nilcrash format
---@raises an argument is missing, nil, or of the wrong type; a conversion is unknown; flags repeat
---@trap `%s` takes texts and numbers alone: nil, booleans, tables and userdata raise. Put `tostring(…)` around them.
---@trap `%x` of a negative number has 16 digits.
---@trap `%s` with a width or precision ends at a zero byte.
---@fidelity modelled
function string.format(format, ...) end

--- Gives a function for `for`: each call gives the next match of a pattern, as its groups or as a whole.
---@param s string|number
---@param pattern lua_pattern
---@return fun(): string, string... next
---@nilcrash s, pattern
---@raises the pattern is malformed, when the loop runs
---@trap `^` at the beginning is no anchor here: it matches the character itself.
---@fidelity modelled
function string.gmatch(s, pattern) end

--- The former name of `string.gmatch`.
---@param s string|number
---@param pattern lua_pattern
---@return fun(): string, string... next
---@nilcrash s, pattern
---@raises the pattern is malformed, when the loop runs
---@deprecated `string.gmatch`
---@fidelity modelled
function string.gfind(s, pattern) end

--- Replaces the matches of a pattern.
---@param s string|number
---@param pattern lua_pattern
---@param replacement lua_replacement|number|table<string, string|number|false>|fun(...: string): string|number|false|nil A text (`%1` is a group, `%0` the match, `%%` a percent sign), a table that is asked with the first group, or a function that is called with all groups. nil or false from the latter two keep the match.
---@param n? integer How many at most; all when left out.
---@return string text
---@return integer count How many were replaced.
---@nilcrash s, pattern, replacement
---@raises the pattern is malformed, `replacement` is of another type, or gives something that is no text
---@trap It returns two values: as the last argument of a call it passes both. Parentheses keep the first.
---@trap A `%` in a replacement text has a meaning: double it in text from outside.
---@fidelity modelled
function string.gsub(s, pattern, replacement, n) end

--- Gives the length in bytes.
---@param s string|number
---@return integer bytes
---@nilcrash s
---@trap It counts bytes, not characters.
---@fidelity modelled
function string.len(s) end

--- Makes letters small.
---@param s string|number
---@return string text
---@nilcrash s
---@trap It changes the letters of the process's locale, byte by byte: in UTF-8, ASCII alone.
---@fidelity modelled
function string.lower(s) end

--- Gives what the groups of a pattern matched, or the whole match when it has none.
---@param s string|number
---@param pattern lua_pattern
---@param init? integer Where to begin; 1 when left out.
---@return string? match nil when nothing matches; the position, a number, for `()`.
---@return string... more
---@nilcrash s, pattern
---@raises the pattern is malformed
---@trap A pattern with several repetitions can run for minutes on text that a sender chose.
---@fidelity modelled
function string.match(s, pattern, init) end

--- Repeats a text.
---@param s string|number
---@param n integer How often; 0 or less gives an empty text.
---@return string text
---@nilcrash s, n
---@trap It takes no separator.
---@fidelity modelled
function string.rep(s, n) end

--- Turns the order of the bytes round.
---@param s string|number
---@return string text
---@nilcrash s
---@fidelity modelled
function string.reverse(s) end

--- Cuts out the bytes `i` to `j`.
---@param s string|number
---@param i integer
---@param j? integer -1, the end, when left out.
---@return string text Empty when the range holds nothing; never nil.
---@nilcrash s, i
---@fidelity modelled
function string.sub(s, i, j) end

--- Makes letters capital.
---@param s string|number
---@return string text
---@nilcrash s
---@trap It changes the letters of the process's locale, byte by byte: in UTF-8, ASCII alone.
---@fidelity modelled
function string.upper(s) end
