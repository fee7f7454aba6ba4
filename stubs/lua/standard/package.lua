---@meta package

--- How modules are found and which are loaded.
---@class package
---@global
---@field path string Where `require` looks for scripts: patterns between `;`, in which `?` is the module's name with `/` for each dot.
---@field cpath string The same for libraries in C.
---@field config string Five lines with the characters that separate and mark.
---@field loaded table<string, any> What `require` returned, by name of the module. Setting an entry to nil makes the next `require` load it again.
---@field preload table<string, fun(name: string): any> Functions that load a module before any file is looked for.
---@field loaders (fun(name: string): function|string|nil)[] What `require` asks in order: each returns a function that loads the module, or why it cannot.
package = {}

--- Loads a function out of a library in C.
---@param path string The library.
---@param name string The function.
---@return function? f nil when it cannot be loaded.
---@return string? error Why not.
---@return "open"|"init"|"absent"|nil failed Whether the library or the function is missing.
---@nilcrash path, name
---@blocking
---@trap A library that is built for another Lua crashes the server.
---@fidelity recorded
function package.loadlib(path, name) end

--- Lets a module see all globals: for `module(…, package.seeall)`.
---@param module table
---@nilcrash module
---@raises `module` is not a table
---@fidelity modelled
function package.seeall(module) end

--- Loads a module once, and gives what it returned.
---
--- It looks in `package.loaded`, `package.preload`, then for a script in `package.path` and a library in
--- `package.cpath`. The name has no `.lua`; dots and slashes both lead into folders, and a name that begins with `/` is
--- a file's path.
---@param name string
---@return any module What the module returned; where it returned nothing, what it put into `package.loaded`, or true.
---@nilcrash name
---@raises the module is not found, does not compile or raises; or modules require each other in a circle
---@trap `msys.pcre` and `msys/pcre` are two names: the same file under both is loaded twice.
---@trap Loading reads files: require at the top of the script, not in a callout.
---@fidelity modelled
function require(name) end

--- Makes a table for a module, puts it into `package.loaded` and into the global of that name, and makes it the
--- environment of the rest of the file: what the file sets as globals goes into it.
---
--- The table gets `_M`, itself, `_NAME`, its name, and `_PACKAGE`, the name up to its last dot.
---@param name string In a file that `require` loads: `...`.
---@param ... fun(module: table) Called with the table; `package.seeall` keeps the globals visible.
---@nilcrash name
---@raises the name is that of a global that is no table; or it is not called by a Lua function
---@trap Without `package.seeall` nothing is visible behind it, `msys` and `print` included.
---@fidelity modelled
function module(name, ...) end
