---@meta msys

--- The root of Momentum's API. It is there without a `require`.
---@class msys
---@global
---@page momentum/4/4-lua-summary-table
msys = {}

--- The name of a `ThreadPool` of the configuration, or of one that is always there.
---@alias thread_pool_name string

--- The name of a `script` stanza of the configuration.
---@alias script_name string

--- Which piece of an address `user+detail@domain` is wanted: all of it, what stands before the `@` (`localpart`), the
--- `user`, the `detail` after the plus sign, or the `domain`.
---@alias address_component "all"|"localpart"|"user"|"detail"|"domain"

--- A type of DNS record that `msys.dnsLookup` can ask for.
---@alias dns_record_type "A"|"AAAA"|"TXT"|"MX"|"PTR"|"NS"

--- A text with macros, such as `%{vctx_conn:ehlo_string}`.
---@alias macro_text string

--- The kind of value that an SNMP trap carries.
---@alias snmp_payload_type "string"|"counter"|"gauge"|"IP"

--- Where to ask, and in which form to answer, for `msys.dnsLookup`.
---@class dns_options
---@field priority? boolean True answers each record as `{ preference, value }`; false when left out.
---@field server? string Address of the DNS server to ask instead of the system's.

--- An SNMP trap for `msys.snmpTrap`.
---@class snmp_trap
---@field type snmp_payload_type Kind of the payload.
---@field payload string|number A string for `string`, a number for `counter` and `gauge`, an IPv4 address for `IP`.
---@field address? string IPv4 address to send it to; left out: every `Trap_Destination` of the configuration.
---@field port? integer Port to send it to; left out: 162, SNMP's port for traps.
---@field community? string Community name; `public` when left out.
---@field mib? string OID that says which trap it is.
---@field ["trapvar.mib"]? string OID of the trap variable; left out: 1.3.6.1.4.1.19552.1.4.1.0.

--- The functions of an authentication scheme for `msys.registerAuth`. Each may be absent.
---@class auth_scheme
---@field authenticate? fun(self: auth_scheme, filename: string, paramsdict: any, username: string, password: string): auth_result Checks a name and a password; `filename` and `paramsdict` come from the listener's authentication stanza.
---@field enumGroups? fun(self: auth_scheme, username: string): string[]|auth_result Lists the groups that a user belongs to, or answers `msys.core.EC_AUTH_FAIL` for a user it does not know.
---@field queryGroups? fun(self: auth_scheme): string[]|auth_result Lists all groups that there are.

--- Tells whether the running code may be suspended and resumed: whether functions that wait can give way to others.
---@return boolean ok True when it may.
---@phase any
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-async-ok
function msys.asyncOk() end

--- Reads a C object as one of another class. It is meant for objects that C hands over without a type.
---@param object any The object.
---@param classnamestring string Name of the class, such as `msys.core:_ec_string`.
---@return any object The same object under the other class.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash object, classnamestring
---@trap A class that the object is not of crashes the server.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-cast
function msys.cast(object, classnamestring) end

--- Reads or changes the configuration, as the console command `config` does.
---@param action string What the console command does, such as `get` or `set`.
---@param parameters? string The command's next word: an option's name, or a scope such as `domain`.
---@param ... string Further words of the command, such as `"yahoo.com", "max_outbound_connections"`.
---@return any value The value of the option.
---@return string output What the console would have shown.
---@phase any
---@since 3=3.1 4=4.0
---@correction The synopsis has one string `parameters`; its example passes each word as an argument of its own.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-config
function msys.config(action, parameters, ...) end

--- Looks a name up in the DNS.
---
--- Records come in the order of the answer; those with a preference are sorted, the best one first. With
--- `priority = true` each of these is a table of the preference and the value.
---@param name string The name to look up; for `PTR` the name under in-addr.arpa or ip6.arpa.
---@param recordtype? dns_record_type The type of record; `A` when left out.
---@param options? dns_options Another server, or answers with their preference.
---@return string[]? records The values; nil when the lookup failed.
---@return string? error Why it failed; nil on success.
---@overload fun(name: string, recordtype: dns_record_type, options: { priority: true, server?: string }): [integer, string][]?, string?
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash name
---@raises When the record type is none of those listed.
---@trap An unknown record type raises an error, and the inbound session then answers 421.
---@trap The record types are `A`, `AAAA`, `TXT`, `MX`, `PTR` and `NS`; lower case is accepted in practice.
---@trap With `priority = true` each element is `{ preference, value }` for records that have a preference, such as MX.
---@trap A nil name crashed older releases.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-dnslookup
function msys.dnsLookup(name, recordtype, options) end

--- Replaces the macros in a text, such as `%{vctx_conn:ehlo_string}`, by their values.
---@param text macro_text The text with macros.
---@return string expanded The text with their values, which are always text.
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash text
---@trap It needs the text as its one argument, though the synopsis shows none.
---@trap Not every variable has a value yet, or still, in every callout.
---@correction The synopsis shows no parameter, but one string is needed, as the example has it.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-expand-macro
function msys.expandMacro(text) end

--- Returns the metatable of one of the server's classes.
---@param classnamestring string Name of the class.
---@return table metatable Its metatable. What an unknown class gives is not documented.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash classnamestring
---@fidelity recorded
---@page momentum/4/lua/ref-msys-get-class-meta-table
function msys.getClassMetaTable(classnamestring) end

--- Takes a mutex by its name, for the thread of the operating system that runs the script. Waits until it is free.
---@param mutexname string Name of the mutex; the name makes it.
---@phase any
---@since 3=3.1 4=4.0
---@blocking
---@nilcrash mutexname
---@trap The lock stays held while the script is suspended, as in `msys.sleep`, `msys.readfile` or `msys.db.query`: release it before them.
---@trap `msys.unlock` must be called on the same thread of the operating system.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-lock
function msys.lock(mutexname) end

--- Writes a line to the log with a level. Seen in the examples of one chapter only.
---@param level log_level|integer How serious it is, such as `msys.core.LOG_WARNING`.
---@param message string The line.
---@return unknown result Not documented.
---@since 4=4.0
---@nilcrash level, message
---@undocumented
---@trap No page describes it; the examples that use it belong to Momentum 5.3, and whether earlier releases have it is not known.
---@fidelity modelled
---@page momentum/4/dkim2
function msys.log(level, message) end

--- Parses the text of an address header (RFC 2822) and returns the wanted piece of each address.
---
--- `msg:address_header` does the same for a header of a message.
---@param addressstring string The addresses, as in a `To` header.
---@param component address_component Which piece is wanted.
---@return string[] addresses One element an address.
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.0 4=4.0
---@trap These are the addresses of headers (RFC 2822), not those of SMTP commands (RFC 2821).
---@trap `component` is `all`, `localpart`, `user`, `detail` or `domain`, nothing else.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-parse-rfc-2822-addresses
function msys.parseRFC2822Addresses(addressstring, component) end

--- Searches a text for a PCRE pattern. Used in one example only, in place of `msys.pcre.match`.
---@param subject string The text to search.
---@param pattern pcre_pattern A PCRE pattern.
---@return table<integer|string, string>? matches The groups; nil when nothing matches.
---@requires msys.pcre
---@since 3=3.0
---@undocumented
---@fidelity modelled
---@page momentum/3/3-reference/web-3-policy-editor
function msys.pcre_match(subject, pattern) end

--- Reads a whole file, or what a URI names. An I/O thread does the reading where that is possible, and the session
--- waits without blocking others.
---@param filename_or_uri string Path or URI.
---@return string? content The content; nil on an error.
---@return string? error Why it could not be read; nil on success.
---@phase any
---@since 3=3.1 4=4.0
---@yields
---@nilcrash filename_or_uri
---@trap The session may be suspended meanwhile; locks stay held.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-readfile
function msys.readfile(filename_or_uri) end

--- Makes an authentication scheme known, for SMTP AUTH and for the control channel.
---@param schemename string The name by which a listener's authentication stanza asks for it.
---@param authtable auth_scheme The functions of the scheme: `authenticate`, `enumGroups`, `queryGroups`.
---@return unknown result Not documented.
---@phase init
---@callout init
---@since 3=3.1 4=4.0
---@nilcrash schemename, authtable
---@trap It must be called from `init`.
---@trap The functions are looked up as `authenticate`, `enumGroups` and `queryGroups`; other names are never called.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-register-auth
function msys.registerAuth(schemename, authtable) end

--- Adds a command to the console. What the function prints is shown there.
---@param prefix string The command's name: commands that begin with it go to the function.
---@param closure fun(cc: command_construct) The function that runs the command.
---@return unknown result Not documented.
---@requires msys.core
---@phase init
---@since 3=3.1 4=4.0
---@nilcrash prefix, closure
---@trap Compare `cc.argc` before reading `cc.argv[n]`: an index beyond it crashes the server.
---@trap Pass the function itself, not its name.
---@trap In Momentum 4 register commands in `rsrc_setup`, as the newer examples do.
---@correction The page types `closure` as a string: it is a function.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-register-control
function msys.registerControl(prefix, closure) end

--- Makes a table of callouts and hooks known to the server. Without this call none of them ever runs.
---@param name script_name Name of the module: that of the `script` stanza, and of no other module.
---@param table table The callouts and hooks: each key is the name of one, each value its function.
---@phase any
---@since 3=3.0 4=4.0
---@nilcrash name, table
---@registers
---@trap The name must be that of the `script` stanza and must not be used twice.
---@trap A table without any known callout makes the server log `no usable methods found`.
---@trap A mistake here shows no error when the configuration is reloaded: the callouts are just not called.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-register-module
function msys.registerModule(name, table) end

--- Runs a function in a given event loop, and waits for it while others go on.
---
--- With several event loops, this is how to reach what belongs to the one of a domain, such as its DNS data.
---@param inst ec_scheduler_inst The event loop, as `msys.core.scheduler_for_domain` returns it.
---@param closure fun(): any The function to run; it gets no arguments.
---@return boolean ok True when the function ran through, false when it raised an error.
---@return any ... What the function returned, or the error message.
---@since 4=4.3.1.62
---@yields
---@nilcrash inst, closure
---@trap The first argument is an event loop, not a name or a number.
---@trap Do not call it on the master scheduler, where it may set off the watchdog: call it from a thread pool.
---@trap It exists since 4.3.1.62.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-runininst
function msys.runInInst(inst, closure) end

--- Runs a function in a thread pool: the way to do blocking or heavy work.
---
--- Without a third argument the session waits for the function, others go on, and its results come back as from
--- `pcall`. With `true` or a function as third argument the call returns at once and nothing comes back.
---@param pool thread_pool_name|integer Name of a configured thread pool, such as `IO` or `CPU`, or its number.
---@param closure fun(): any The function to run; it gets no arguments.
---@param async? false False, or nothing: wait for the function.
---@param mode? completion_mode Of no use without a completion function.
---@return boolean ok True when the function ran through, false when it raised an error.
---@return any ... What the function returned, or the error message.
---@overload fun(pool: string|integer, closure: fun(): any, async: true)
---@overload fun(pool: string|integer, closure: fun(): any, completion: fun(), mode?: completion_mode)
---@phase any
---@since 3=3.2 4=4.0
---@yields
---@nilcrash pool, closure
---@trap With `true` or a function as third argument it returns nothing: do not use its results.
---@trap An asynchronous function starts only when the script has returned to the scheduler, usually at the end of the phase.
---@trap As fourth argument only `msys.core.ECTP_COMPLETE_CALLBACK_SCHED` has an effect: the completion function then runs in the scheduler thread, else in the pool's.
---@trap The thread pool must be configured.
---@trap The first result says whether the function ran: check it before using the others.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-runinpool
function msys.runInPool(pool, closure, async, mode) end

--- Runs a Sieve script, with the message and the validation state of the running callout.
---@param scriptfilename string Path of the Sieve script.
---@param phase string Name of the phase that the script is run as; the page does not list the names.
---@param capabilities sieve_capability|integer What the script may use: `msys.core.SIEVEREQ_*`, joined with `|`.
---@return boolean ok Whether it ran.
---@return string? error Why it did not; nil when it did.
---@phase any
---@since 3=3.1
---@nilcrash scriptfilename, phase, capabilities
---@fidelity recorded
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
function msys.runSieveScript(scriptfilename, phase, capabilities) end

--- Reads a value that `msys.shareSet` has put into the store that all interpreters share.
---@param keystring string Name of the value.
---@return string|number|boolean|nil value The value; nil when there is none.
---@phase any
---@since 3=3.1
---@deprecated Since 3.2 use `_TLS`, `_OSTLS`, `self`, or globals guarded by a mutex.
---@nilcrash keystring
---@trap Out of date since 3.2, and gone in Momentum 4.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-share-get
function msys.shareGet(keystring) end

--- Puts a value into the store that all interpreters share.
---@param keystring string Name of the value.
---@param value string|number|boolean|nil The value; nil is a value that may be given.
---@return boolean ok Whether it worked.
---@phase any
---@since 3=3.1
---@deprecated Since 3.2 use `_TLS`, `_OSTLS`, `self`, or globals guarded by a mutex.
---@nilcrash keystring
---@trap Out of date since 3.2, and gone in Momentum 4.
---@trap Only numbers, strings, booleans and nil can be stored, no tables.
---@correction The page types `value` as a string; its text names numbers, booleans and nil too.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-share-set
function msys.shareSet(keystring, value) end

--- Removes a value from the store that all interpreters share.
---@param keystring string Name of the value.
---@return unknown result Not documented.
---@phase any
---@since 3=3.1
---@deprecated Since 3.2 use `_TLS`, `_OSTLS`, `self`, or globals guarded by a mutex.
---@nilcrash keystring
---@trap Out of date since 3.2, and gone in Momentum 4.
---@fidelity modelled
---@page momentum/3/3-reference/lua-ref-msys-share-unset
function msys.shareUnset(keystring) end

--- Waits. In the scheduler thread the session is suspended and others go on; elsewhere the thread is blocked.
---@param duration_in_seconds number How long, in seconds; fractions such as 0.2 count.
---@phase any
---@since 3=3.1 4=4.0
---@yields
---@trap Where the session cannot be suspended it blocks the whole thread; `msys.asyncOk` tells. Locks stay held.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-sleep
function msys.sleep(duration_in_seconds) end

--- Sends an SNMP trap.
---@param traptable snmp_trap What to send, and where.
---@return unknown result Not documented.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash traptable
---@trap `type` is `string`, `counter`, `gauge` or `IP`, and the payload has to be of that kind.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-snmp-trap
function msys.snmpTrap(traptable) end

--- Returns the type of a value, as Lua's `type` does, and for the server's objects the name of their class.
---@param parameter any The value.
---@return string type Name of the type or class.
---@phase any
---@since 3=3.1 4=4.0
---@fidelity modelled
---@page momentum/4/lua/ref-msys-type
function msys.type(parameter) end

--- Releases a mutex that `msys.lock` has taken.
---@param mutexname string Name of the mutex.
---@phase any
---@since 3=3.1 4=4.0
---@nilcrash mutexname
---@trap It must be called on the thread of the operating system that took the mutex.
---@fidelity modelled
---@page momentum/4/lua/ref-msys-unlock
function msys.unlock(mutexname) end
