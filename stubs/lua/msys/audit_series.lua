---@meta msys.audit_series

--- Counts over time that policy keeps itself, by address or by string.
---
--- A series has `num_windows` windows of `interval` seconds each; window 0 is the current one.
---@class msys.audit_series
---@page momentum/4/lua/ref-msys-audit-series-define
msys.audit_series = {}

--- Kind of key of a series.
---@alias msys.audit_series.type "cidr"|"cidr_ipv6"|"string"

--- Where the counts of a series are sent.
---@alias msys.audit_series.replication "none"|"cluster"|"manager"

--- How a series is kept.
---@class msys.audit_series.define_options
---@field serialize? boolean true writes the series to the log folder of `inbound_audit`; false when left out.
---@field replicate? msys.audit_series.replication `none` when left out; `cluster` sends to all nodes, `manager` to the cluster managers.
---@field persist? boolean true saves the series and loads it again when the server restarts; false when left out.

--- What to add, and to which key.
---@class msys.audit_series.add_options
---@field count? number What to add, negative too; 1 when left out.
---@field key? string|accept_construct Address of a `cidr` series (the connected client when left out; an `accept_construct` gives its client), or the key of a `string` series, which must be there.

--- Which windows to add up, and of which key.
---@class msys.audit_series.count_options
---@field startv? integer First window; 0, the current one, when left out.
---@field endv? integer Last window; 0 when left out.
---@field key? string|accept_construct Address and mask of a `cidr` series (the connected client when left out or when it is a mask alone, such as `/24`), or the key of a `string` series, which must be there.

--- Defines a series.
---@param name string Name of the series.
---@param type msys.audit_series.type `cidr` counts by IPv4 address, `cidr_ipv6` by IPv6 address, `string` by any text.
---@param interval integer Seconds that a window lasts.
---@param num_windows integer Number of windows.
---@param options? msys.audit_series.define_options
---@requires msys.audit_series
---@phase init
---@callout init
---@advised
---@since 3=3.1 4=4.0
---@nilcrash name, type, interval, num_windows
---@trap Call it in `init`: a series must be there before it is counted.
---@trap A series takes IPv4 or IPv6 addresses, never both: define `cidr` and `cidr_ipv6` one beside the other.
---@trap No other `type` than `cidr`, `cidr_ipv6` and `string` exists.
---@trap `replicate = "cluster"` on a single node stops the series from counting at all.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-series-define
function msys.audit_series.define(name, type, interval, num_windows, options) end

--- Adds to the current window of a series.
---@param name string Name of the series.
---@param options? msys.audit_series.add_options|string|accept_construct Anything but a table is taken as the key.
---@requires msys.audit_series
---@phase any
---@since 3=3.1 4=4.0
---@raises a `string` series gets no key
---@nilcrash name
---@trap A `string` series needs a key.
---@trap Options that are no table are taken as the key.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-series-add
function msys.audit_series.add(name, options) end

--- Adds up the windows of a series.
---@param name string Name of the series.
---@param options? msys.audit_series.count_options|string|accept_construct Anything but a table is taken as the key.
---@return number total The current window alone when no range is given.
---@requires msys.audit_series
---@phase any
---@since 3=3.1 4=4.0
---@raises a `string` series gets no key
---@nilcrash name
---@trap A `string` series needs a key.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-series-count
function msys.audit_series.count(name, options) end

--- Forgets the counts of a key.
---@param name string Name of the series.
---@param key? string Address of a `cidr` series (the connected client when left out), or the key of a `string` series, which must be there.
---@requires msys.audit_series
---@phase any
---@since 3=3.1 4=4.0
---@raises a `string` series gets no key
---@nilcrash name
---@trap A `string` series needs a key.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-series-remove-item
function msys.audit_series.remove_item(name, key) end
