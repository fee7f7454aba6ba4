---@meta msys.db

--- A query in the language of the datasource, with placeholders for values: `?`, `:name`, `$name`.
---@alias sql_query string

--- The name of a `Datasource` of the configuration.
---@alias datasource_name string

--- Queries against the datasources of the configuration (SQL, LDAP and others), through their cache.
---
--- Placeholders are `?`, `:name` or `$name`, as the driver has it. For `?` the parameters are an array; for names
--- they are a table with the names as keys, without `:` or `$`. A nil parameter is SQL's NULL.
---
--- A query runs in a thread pool of the datasource (`IO`, unless its option `pool` says otherwise). The session waits
--- for it, others go on.
---@class msys.db
---@page momentum/4/lua/ref-msys-db-query
msys.db = {}

--- How to run a query.
---@class msys.db.options
---@field nocache? boolean true asks the datasource itself and not the cache; false when left out.
---@field raise_error? boolean false returns an error instead of raising it; true when left out.

--- A row: values by column name, or by position from 1 when the driver gives no names. A column with several values
--- (LDAP) is an array.
---@class msys.db.row
---@field [string] any Value of a column.
---@field [integer] any Value of a column by position.

--- The rows of a query: `for row in rowset do`.
---@class msys.db.rowset
---@iter msys.db.row
---@trap `pairs` and `ipairs` do not work on it, and it can be gone over once.

--- Runs a query and gives all rows.
---@param cachename datasource_name Name of a `Datasource` of the configuration.
---@param query sql_query The query, with placeholders for what comes from outside.
---@param queryparams? table<integer|string, any> Values of the placeholders.
---@param options? msys.db.options
---@return msys.db.rowset? rows The rows; nil on failure when `raise_error` is false.
---@return string? error What failed, when `raise_error` is false.
---@requires msys.db, msys.datasource
---@phase any
---@since 3=3.0 4=4.0
---@raises the query fails, unless `raise_error` is false
---@nilcrash cachename, query
---@yields
---@trap `msys.datasource` must be required too.
---@trap The session is suspended meanwhile; locks stay held.
---@trap A failure raises unless `{ raise_error = false }` is given; with that, check for nil and read the second result.
---@trap The name must stand in the configuration as a `Datasource`.
---@trap `?` placeholders take an array; named ones take a table by name, without `:` or `$`.
---@trap Go over the rows with `for row in rows do`: neither `pairs` nor `ipairs` works.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-db-query
function msys.db.query(cachename, query, queryparams, options) end

--- Runs a query and gives its first row.
---@param cachename datasource_name Name of a `Datasource` of the configuration.
---@param query sql_query The query, with placeholders for what comes from outside.
---@param queryparams? table<integer|string, any> Values of the placeholders.
---@param options? msys.db.options
---@return msys.db.row? row The row; nil when there is none, and on failure when `raise_error` is false.
---@return string? error What failed, when `raise_error` is false; nil when there was just no row.
---@requires msys.db, msys.datasource
---@phase any
---@since 3=3.1 4=4.0
---@raises the query fails, unless `raise_error` is false
---@nilcrash cachename, query
---@yields
---@trap `msys.datasource` must be required too.
---@trap The session is suspended meanwhile; locks stay held.
---@trap A failure raises unless `{ raise_error = false }` is given.
---@trap The name must stand in the configuration as a `Datasource`.
---@trap `?` placeholders take an array; named ones take a table by name, without `:` or `$`.
---@trap nil means "no row" or "failed": only the second result tells which.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-db-fetch-row
function msys.db.fetch_row(cachename, query, queryparams, options) end

--- Runs a statement that gives no rows, such as an INSERT.
---@param cachename datasource_name Name of a `Datasource` of the configuration.
---@param query sql_query The statement, with placeholders for what comes from outside.
---@param queryparams? table<integer|string, any> Values of the placeholders.
---@param options? msys.db.options
---@return boolean success false on failure, when `raise_error` is false.
---@return string? error What failed, when `raise_error` is false.
---@requires msys.db, msys.datasource
---@phase any
---@since 3=3.1 4=4.0
---@raises the statement fails, unless `raise_error` is false
---@nilcrash cachename, query
---@yields
---@trap `msys.datasource` must be required too.
---@trap The session is suspended meanwhile; locks stay held.
---@trap A failure raises unless `{ raise_error = false }` is given; with that, test the first result.
---@trap The name must stand in the configuration as a `Datasource`.
---@trap `?` placeholders take an array; named ones take a table by name, without `:` or `$`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-db-execute
function msys.db.execute(cachename, query, queryparams, options) end
