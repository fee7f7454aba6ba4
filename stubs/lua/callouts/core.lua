---@meta

--- Hooks of the core that are described for Lua alone; those that have a C prototype are in the C headers.
---@class core_hooks
---@callouts core
local core_hooks = {}

--- Runs after the TLS handshake of an inbound SMTP session.
---
--- To refuse the session, set `mc.ctx.code` to anything but 220 and `mc.ctx.disconnect` to 1. The reply is then
--- `421 4.7.0 TLS Negotiation failed.`, or what the connection context variable `_tls_note` holds.
---@param mc message_construct The SMTP session; `mc.ctx` is its validation context.
---@param event Event The connection's event.
---@param eventtype integer Bits of what happened on the connection.
---@param vclosure userdata Not described.
---@param now userdata Current time, a C `timeval`.
---@ignored
---@since 4=4.4.0
---@page momentum/4/hooks/inbound-smtp-tls-post-accept
function core_hooks:core_inbound_smtp_tls_post_accept(mc, event, eventtype, vclosure, now) end

--- Named by the list of context variables as the hook in which `auth_name`, `auth_status` and `auth_user` are set.
---@since 4=4.0
---@correction The hook's own page, and the rule by which Lua names hooks, make it `core_validate_auth`: define that one. No page gives parameters for this name.
---@page momentum/4/4-policy-context-variables
function core_hooks:core_validate_auth_hook() end
