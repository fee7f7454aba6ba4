---@meta msys.cidr

--- Tables of values by block of addresses, from a datasource or an rbldnsd file.
---@class msys.cidr
---@page momentum/4/lua/ref-msys-cidr-define
msys.cidr = {}

--- Where a table comes from.
---@alias msys.cidr.type "datasource"|"rbldnsd"|"empty"

--- Definition of a table; which fields count depends on `type`.
---@class msys.cidr.options
---@field type msys.cidr.type `datasource` is filled by a query, `rbldnsd` from a file, `empty` holds nothing.
---@field interpolate? boolean true puts the client's address in place of each `$` in the answer.
---@field default_value? string Answer when no block matches; nil when left out. `127.0.0.0` is the custom of block lists.
---@field refresh? integer Seconds between two loads (`datasource`, `rbldnsd`); 1800 when left out, 0 for never by itself.
---@field cachename? datasource_name Datasource to ask (`datasource`).
---@field query? string Query that gives the rows (`datasource`).
---@field cidr_column? string|integer Column of the block, by name or position (`datasource`); the first when left out.
---@field value_column? string|integer Column of the answer, by name or position (`datasource`); without one the answer is a true value.
---@field source? string URI or path of the file (`rbldnsd`).
---@field value? "a"|"txt" Which record of the file is the answer (`rbldnsd`); `a` when left out.
---@field optimize? boolean true sorts the data at load: slower to load, faster to ask (`rbldnsd`).

--- Defines a table and loads it.
---@param name string Name of the table.
---@param options msys.cidr.options|msys.cidr.type A text alone is the type, which does for `empty` only.
---@requires msys.cidr
---@phase init
---@callout init
---@advised
---@since 3=3.1 4=4.0
---@raises an option that the type needs is missing
---@nilcrash name, options
---@blocking
---@trap Call it in `init`: loading a file or asking a datasource must not happen while mail waits.
---@trap `datasource` and `rbldnsd` need the options table; only `empty` can be named by a text alone.
---@trap In an rbldnsd file an IPv6 address needs a blank before the colon that ends it, and ranges written with a hyphen are not read.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-cidr-define
function msys.cidr.define(name, options) end

--- Looks up the value of an address.
---@param name string Name of the table.
---@param address? string Address to look up; the connected client when left out.
---@return string|boolean|nil value The value of the block; the table's `default_value` when none matches (nil or false when it has none). A `datasource` table without `value_column` answers a true value.
---@requires msys.cidr
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash name
---@trap Test the answer for truth, not for `== nil`: one page says nil for "not found", another says false.
---@trap Outside a session there is no connected client, so give the address.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-cidr-query
function msys.cidr.query(name, address) end

--- Loads a table again.
---@param name string Name of the table.
---@requires msys.cidr
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash name
---@blocking
---@trap It is for `datasource` and `rbldnsd` tables only.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-cidr-reload
function msys.cidr.reload(name) end
