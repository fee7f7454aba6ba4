---@meta table

--- Working with tables as arrays that count from 1.
---@class table
---@global
table = {}

--- Joins the elements `i` to `j` into one text.
---@param list (string|number)[]
---@param separator? string|number Goes between them; nothing when left out.
---@param i? integer 1 when left out.
---@param j? integer `#list` when left out.
---@return string text
---@nilcrash list
---@raises an element is neither text nor number: nil, a boolean, a table
---@fidelity modelled
function table.concat(list, separator, i, j) end

--- Calls a function with each key and value until it returns something.
---@generic K, V, R
---@param t table<K, V>
---@param f fun(key: K, value: V): R?
---@return R? result What `f` returned; nil when it always returned nil.
---@nilcrash t, f
---@deprecated `for k, v in pairs(t) do`
---@fidelity modelled
function table.foreach(t, f) end

--- Calls a function with each index and element until it returns something.
---@generic T, R
---@param t T[]
---@param f fun(index: integer, value: T): R?
---@return R? result What `f` returned; nil when it always returned nil.
---@nilcrash t, f
---@deprecated `for i, v in ipairs(t) do`
---@fidelity modelled
function table.foreachi(t, f) end

--- Gives the length of an array.
---@param t any[]
---@return integer length
---@nilcrash t
---@deprecated `#t`
---@fidelity modelled
function table.getn(t) end

--- Puts an element at the end, or at a place and moves the others up.
---@generic T
---@param list T[]
---@param position integer
---@param value T
---@overload fun(list: T[], value: T)
---@nilcrash list, position
---@raises called with fewer than two or more than three arguments
---@trap A function with several results as last argument passes too many arguments: put the call in parentheses.
---@trap With nils inside, where the array ends is not defined.
---@fidelity modelled
function table.insert(list, position, value) end

--- Gives the largest number among the keys, 0 when there is none. It goes over the whole table.
---@param t table
---@return number key
---@nilcrash t
---@fidelity modelled
function table.maxn(t) end

--- Takes out an element, and moves those behind it down.
---@generic T
---@param list T[]
---@param position? integer The last one when left out.
---@return T? value nil when there is nothing at that place.
---@nilcrash list
---@trap In a loop over the same array it skips elements: go from the end to the beginning.
---@fidelity modelled
function table.remove(list, position) end

--- Was to set the length of an array; nothing can be done with it.
---@param t any[]
---@param n integer
---@nilcrash t, n
---@raises always
---@deprecated nothing: the length follows the elements
---@fidelity modelled
function table.setn(t, n) end

--- Sorts an array in place. Elements that are equal may change places.
---@generic T
---@param list T[]
---@param before? fun(a: T, b: T): boolean Whether `a` must stand before `b`; `a < b` when left out.
---@nilcrash list
---@raises elements cannot be compared, or `before` contradicts itself
---@trap `before` must be false for equal elements: `<=` may raise or read past the end.
---@fidelity modelled
function table.sort(list, before) end
