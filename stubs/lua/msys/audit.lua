---@meta msys.audit

--- Counts of what clients did lately, from the monitors of the configuration module `inbound_audit`.
---
--- The name of a monitor is its configured window, such as `60,1`: seconds in a window, number of windows. Window 0
--- is the current one. IPv4 and IPv6 addresses are both taken.
---@class msys.audit
---@page momentum/4/lua/ref-msys-audit-connections
msys.audit = {}

--- Which windows and which addresses to count.
---@class msys.audit.options
---@field startv? integer First window to add up; 0, the current one, when left out.
---@field endv? integer Last window to add up; 0 when left out.
---@field cidr? string Address and mask to count, such as `192.0.2.0/24`; the connected client when left out.
---@field cluster? boolean true counts the whole cluster, not this node alone.

--- Counts the connections from a block of addresses.
---@param monitor string Name of a monitor of `inbound_audit`, such as `60,1`.
---@param options? msys.audit.options|string A text is taken as the `cidr`; left out, the connected client counts.
---@return number count Added up over the windows that were asked for.
---@requires msys.audit
---@phase any
---@since 3=3.1 4=4.0
---@raises the monitor, or the configuration module `inbound_audit`, is not configured
---@nilcrash monitor
---@trap It raises when the monitor is not configured: the script and the configuration must agree on the name.
---@trap Options that are no table are taken as the `cidr`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-connections
function msys.audit.connections(monitor, options) end

--- Seen in a sample in place of `msys.audit.connections`, and most likely a slip for it.
---@param monitor string Name of a monitor of `inbound_audit`.
---@param options? msys.audit.options|string
---@return number count
---@requires msys.audit
---@undocumented
---@trap No page knows it; `msys.audit.connections` is the documented name.
---@fidelity modelled
function msys.audit.connection(monitor, options) end

--- Counts the messages received from a block of addresses.
---@param monitor string Name of a monitor of `inbound_audit`, such as `60,1`.
---@param options? msys.audit.options|string A text is taken as the `cidr`; left out, the connected client counts.
---@return number count Added up over the windows that were asked for.
---@requires msys.audit
---@phase any
---@since 3=3.1 4=4.0
---@raises the monitor, or the configuration module `inbound_audit`, is not configured
---@nilcrash monitor
---@trap It raises when the monitor is not configured: the script and the configuration must agree on the name.
---@trap Options that are no table are taken as the `cidr`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-receptions
function msys.audit.receptions(monitor, options) end

--- Counts the rejections given to a block of addresses.
---@param monitor string Name of a monitor of `inbound_audit`, such as `60,1`.
---@param options? msys.audit.options|string A text is taken as the `cidr`; left out, the connected client counts.
---@return number count Added up over the windows that were asked for.
---@requires msys.audit
---@phase any
---@since 3=3.1 4=4.0
---@raises the monitor, or the configuration module `inbound_audit`, is not configured
---@nilcrash monitor
---@trap It raises when the monitor is not configured: the script and the configuration must agree on the name.
---@trap Options that are no table are taken as the `cidr`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-rejections
function msys.audit.rejections(monitor, options) end

--- Counts the connections that are open now from a block of addresses to a service.
---@param cidr string Address and mask, such as `192.0.2.1/32`.
---@param servicename string `SMTP`, or the name of another listening service such as `ECStream` or `XMPP`.
---@return number count
---@requires msys.audit
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash cidr, servicename
---@trap The services `ECmmove2` and `ECCluster`, and the `inbound_cidr` data, exist on clustered systems alone.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-audit-inbound-session-count
function msys.audit.inbound_session_count(cidr, servicename) end
