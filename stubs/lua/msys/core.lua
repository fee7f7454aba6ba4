---@meta msys.core

--- The server's C functions and constants. It is there without a `require`, but every script should require it.
---
--- Each function of the C API is here under its C name.
---@class msys.core
---@page momentum/4/4-lua-summary-table
msys.core = {}

--- Returns the server's record of a domain: its queues, routes and settings.
---@param domain string The domain, such as `example.com`.
---@return domain_record? dr The record; examples compare it with nil before they use it.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash domain
---@fidelity modelled
---@page momentum/4/lua/ref-msys-core-dns-get-domain
function msys.core.dns_get_domain(domain) end

--- Makes an empty message, to be filled by `msg:build` and sent by `msg:inject`.
---@param now? userdata Time of creation, a `timeval` of C; examples pass nil, for the present.
---@return ec_message msg The new message.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-idn
function msys.core.ec_message_new(now) end

--- Returns the time: that of the event loop in a scheduler thread, the system's elsewhere.
---@return integer seconds Seconds since 1970, in UTC.
---@phase any
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-core-get-now-ts
function msys.core.get_now_ts() end

--- Opens a file or another resource.
---@param filename string Path.
---@param options open_flag|integer `msys.core.O_*` constants, joined with `|`.
---@param mode integer Rights of a file that is created, such as `0644`: an octal number, as in Momentum's Lua a leading 0 makes it one.
---@return io_object? handle The open file; nil when it cannot be opened.
---@phase any
---@since 3=3.3 4=4.0
---@nilcrash filename, options, mode
---@trap Writing blocks the thread: write in a thread pool, with `msys.runInPool`.
---@trap `mode` is octal: write `0660`, not `660`. The flags are joined with `|`.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-core-io-wrapper-open
function msys.core.io_wrapper_open(filename, options, mode) end

--- Puts a domain into the delayed queue: its messages wait for the next attempt.
---@param dr domain_record The domain, as `msys.core.dns_get_domain` returns it.
---@param note string The reason, as an SMTP response, such as `451 4.4.1 [internal] manually delayed domain`.
---@return nil nothing
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash dr, note
---@fidelity recorded
---@page momentum/4/lua/ref-msys-core-mail-queue-delay-domain
function msys.core.mail_queue_delay_domain(dr, note) end

--- Returns the event loop that looks after a domain, for `msys.runInInst`.
---@param domain string The domain, such as `example.com`.
---@return ec_scheduler_inst inst The event loop.
---@since 4=4.3.1.62
---@nilcrash domain
---@fidelity modelled
---@page momentum/4/lua/ref-msys-runininst
function msys.core.scheduler_for_domain(domain) end

--- Makes an empty string of C's kind, for functions that fill one, such as `msg:get_envelope2`.
---@return ec_string buff The new string; it grows as needed.
---@phase any
---@since 3=3.0 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-core-string-new
function msys.core.string_new() end
