---@meta msys.pcre

--- A Perl-compatible regular expression. Flags stand inside it, as in `(?i)`.
---@alias pcre_pattern string

--- Perl-compatible regular expressions (PCRE 1, with UTF-8 on).
---@class msys.pcre
---@page momentum/4/4-lua-summary-table
msys.pcre = {}

--- Searches `subject` for the first match of `pattern`.
---
--- Index 0 of the result is the whole match, 1 and up are the groups; named groups are keys as well. A group that did
--- not take part in the match is an empty string or missing, not nil-padded.
---@param subject string The text to search.
---@param pattern pcre_pattern A PCRE pattern; flags go inside it, as in `(?i)`.
---@return table<integer|string, string>? matches The groups; nil when nothing matches or the pattern is wrong.
---@return string? error Why the pattern does not compile; nil when it merely did not match.
---@return integer? code A number for that error; nil when the pattern compiled.
---@requires msys.pcre
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash subject, pattern
---@trap The whole match stands at index 0 and the first group at 1, so `#matches` does not count the whole match.
---@trap nil alone means "no match"; nil with an error text means that the pattern is wrong. Check the second result when the pattern does not stand in the script.
---@trap In a quoted Lua string every backslash must be doubled; `[[…]]` needs no doubling.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-pcre-match
function msys.pcre.match(subject, pattern) end

--- Replaces every match of `pattern` in `subject`.
---@param subject string The text to change.
---@param pattern pcre_pattern A PCRE pattern.
---@param replacement string What to put in place of each match; `$1` or `\1` is a group, `$0` the match, `${name}` a named group.
---@return string? result The text with the replacements made (unchanged when nothing matched); nil for a wrong pattern.
---@return string? error Why the pattern does not compile.
---@return integer? code A number for that error.
---@requires msys.pcre
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash subject, pattern, replacement
---@correction The page states no result; the examples and the engine show the text, or nil and an error.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-pcre-replace
function msys.pcre.replace(subject, pattern, replacement) end

--- Cuts `subject` at every match of `pattern`.
---@param subject string The text to cut.
---@param pattern pcre_pattern A PCRE pattern that matches the separators.
---@return string[]? parts The pieces in order, from index 1; nil for a wrong pattern. Neighbouring separators leave no empty piece between them.
---@return string? error Why the pattern does not compile.
---@return integer? code A number for that error.
---@requires msys.pcre
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash subject, pattern
---@trap Empty fields vanish: `a,,b` cut at `,` gives two pieces.
---@correction The page states no result; the examples and the engine show an array, or nil and an error.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-pcre-split
function msys.pcre.split(subject, pattern) end
