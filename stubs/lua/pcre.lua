---@meta pcre

--- Regular expressions of the Lua engine itself. Momentum's pages know `msys.pcre` instead.
---@class pcre
---@global
---@undocumented
pcre = {}

--- Searches `subject` for the first match of `pattern`.
---@param subject string The text.
---@param pattern pcre_pattern A PCRE pattern; the empty pattern is an error.
---@return table<integer|string, string>? matches The match at 0, groups from 1, named groups by name, empty for groups without a part; nil without a match.
---@return string? error Why the pattern does not compile.
---@return integer? offset Where in the pattern.
---@requires pcre
---@undocumented
---@nilcrash subject, pattern
---@fidelity modelled
function pcre.match(subject, pattern) end

--- Replaces matches of `pattern` in `subject`.
---@param subject string The text.
---@param pattern pcre_pattern A PCRE pattern; the empty pattern is an error.
---@param replacement string|number|fun(matches: table<integer|string, string>): string|number|boolean|nil Text with `$1`, `\1`, `${1}`, `${name}`, `${}` for the match; or a function, whose nil or false keeps the match.
---@param limit? integer Replacements at most, 0 for none; all when left out or negative.
---@return string? result nil for a wrong pattern.
---@return string? error Why the pattern does not compile.
---@return integer? offset Where in the pattern.
---@requires pcre
---@undocumented
---@nilcrash subject, pattern, replacement
---@trap A `$` or a backslash before anything else is dropped; `\$` and two backslashes give a plain one.
---@trap A subject that is not UTF-8 gives the empty text.
---@fidelity modelled
function pcre.replace(subject, pattern, replacement, limit) end

--- Cuts `subject` at matches of `pattern`. Neighbouring separators leave no empty piece.
---@param subject string The text.
---@param pattern pcre_pattern A PCRE pattern; the empty pattern is an error.
---@param limit? integer Pieces at most; all when left out, 0 or negative.
---@return string[]? parts nil for a wrong pattern.
---@return string? error Why the pattern does not compile.
---@return integer? offset Where in the pattern.
---@requires pcre
---@undocumented
---@nilcrash subject, pattern
---@trap A subject that is not UTF-8 gives an empty table.
---@fidelity modelled
function pcre.split(subject, pattern, limit) end
