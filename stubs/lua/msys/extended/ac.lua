---@meta msys.extended.ac

--- What the listener offers to a client, and how many sessions it has.
---@class msys.extended.ac
---@page momentum/4/4-lua-summary-table
msys.extended.ac = {}

--- A service that counts its sessions. The spelling of the letters matters.
---@alias service_type "SMTP"|"ECStream"|"Control"|"ECmmove2"|"ECCluster"|"inbound_cidr"

---@class accept_construct
local accept_construct = {}

--- Adds a line to the answer to EHLO.
---@param name string The capability as the client sees it, with its parameters.
---@requires msys.extended.ac
---@phase connect, ehlo
---@since 3=3.1 4=4.0
---@raises When the session does not belong to an SMTP listener.
---@trap It raises an error when the session does not belong to an SMTP listener.
---@trap Call it in `validate_connect`, before the answer to EHLO is made.
---@fidelity modelled
---@page momentum/4/lua/ref-ac-esmtp-capability-add
function accept_construct:esmtp_capability_add(name) end

--- Takes a line away from the answer to EHLO.
---@param name string The capability as the client would see it.
---@requires msys.extended.ac
---@phase connect, ehlo
---@since 3=3.1 4=4.0
---@raises When the session does not belong to an SMTP listener.
---@trap It raises an error when the session does not belong to an SMTP listener.
---@trap Call it in `validate_connect`, before the answer to EHLO is made.
---@fidelity modelled
---@page momentum/4/lua/ref-ac-esmtp-capability-remove
function accept_construct:esmtp_capability_remove(name) end

--- Counts the sessions that this listener has from an address or network.
---@param cidr? string `/24` is the network of the client, `/32` the client alone, `10.1.2.0/24` or `10.1.2.3` a given one, IPv6 too; left out or nil: the client alone.
---@param service_type? service_type The service whose sessions are counted; `SMTP` when left out.
---@return integer count The number of sessions now.
---@requires msys.extended.ac
---@since 3=3.1 4=4.0
---@phase any
---@trap The letters of the service type matter: `SMTP`, `ECStream`, `Control`, `ECmmove2`, `ECCluster`, `inbound_cidr`.
---@trap For the service type alone pass nil first: `ac:inbound_session_count(nil, "Control")`.
---@trap Momentum 3 needs the module inbound_audit in the configuration.
---@fidelity modelled
---@page momentum/4/lua/ref-ac-inbound-session-count
function accept_construct:inbound_session_count(cidr, service_type) end
