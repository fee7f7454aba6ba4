---@meta lpeg

--- Parsing expression grammars. Momentum's pages do not know it. Patterns are joined by operators: `a * b` in
--- sequence, `a + b` as a choice, `a - b` for `a` where `b` does not match, `a^n` repeated, `-a` not `a`, `#a`
--- without moving on, `a / x` with its captures turned by `x`.
---@class lpeg
---@global
---@undocumented
lpeg = {}

--- A pattern.
---@class lpeg.pattern
---@undocumented

--- Makes a pattern of a value: text matches itself, a number so many characters, a table is a grammar, a function
--- decides.
---@param value lpeg.pattern|string|number|boolean|table|function
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash value
---@fidelity recorded
function lpeg.P(value) end

--- Makes a pattern that matches one of the characters of a text.
---@param set string
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash set
---@fidelity recorded
function lpeg.S(set) end

--- Makes a pattern that matches one character of some ranges.
---@param ... string Two characters each: first and last.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.R(...) end

--- Refers to a rule of the grammar around it.
---@param rule string|integer|any Name of the rule.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash rule
---@fidelity recorded
function lpeg.V(rule) end

--- Makes patterns of the character classes: `alpha`, `digit`, `space` and so on.
---@param tab? table Table to put them into; a new one when left out.
---@return table<string, lpeg.pattern> patterns
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.locale(tab) end

--- Captures what a pattern matches.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern
---@fidelity recorded
function lpeg.C(pattern) end

--- Captures an extra argument of `lpeg.match`.
---@param n integer Which one, from 1.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash n
---@fidelity recorded
function lpeg.Carg(n) end

--- Captures what the last group of a name captured.
---@param name string
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.Cb(name) end

--- Captures constant values and matches nothing.
---@param ... any
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.Cc(...) end

--- Folds the captures of a pattern by a function.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@param func function Takes what is there and the next capture.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern, func
---@fidelity recorded
function lpeg.Cf(pattern, func) end

--- Groups the captures of a pattern.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@param name? string
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern
---@fidelity recorded
function lpeg.Cg(pattern, name) end

--- Has a function decide, while matching, whether a match counts.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@param func function Takes subject, position and captures; gives a position, or a truth value, and captures.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern, func
---@fidelity recorded
function lpeg.Cmt(pattern, func) end

--- Captures the position.
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.Cp() end

--- Captures what a pattern matches, with its captures put in place of what they matched.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern
---@fidelity recorded
function lpeg.Cs(pattern) end

--- Captures the captures of a pattern as a table.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern
---@fidelity recorded
function lpeg.Ct(pattern) end

--- Matches a text at a position.
---@param pattern lpeg.pattern|string|number|boolean|table|function
---@param subject string
---@param init? integer From 1, or negative from the end; 1 when left out.
---@param ... any Extra arguments, for `lpeg.Carg`.
---@return any... values The captures, or the position after the match; nil when it does not match.
---@requires lpeg
---@undocumented
---@nilcrash pattern, subject
---@fidelity recorded
function lpeg.match(pattern, subject, init, ...) end

--- Writes a pattern's code to standard output, where the library was built for it.
---@param pattern lpeg.pattern
---@requires lpeg
---@undocumented
---@nilcrash pattern
---@fidelity recorded
function lpeg.print(pattern) end

--- Makes a pattern that matches a set of characters as often as it can.
---@param set lpeg.pattern|string|number|boolean|table|function
---@return lpeg.pattern pattern
---@requires lpeg
---@undocumented
---@nilcrash set
---@fidelity recorded
function lpeg.span(set) end

--- Tells whether a value is a pattern.
---@param value any
---@return "pattern"|nil type
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.type(value) end

--- Gives the version of the library.
---@return string version
---@requires lpeg
---@undocumented
---@fidelity recorded
function lpeg.version() end
