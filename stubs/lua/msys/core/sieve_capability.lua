---@meta msys.core

-- What a Sieve script may use and do, for `msys.runSieveScript`. Joined with `|`.

---@class msys.core
msys.core = {}

--- There is a message.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_MSG = nil

--- There is the body of a message.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_MSG_BODY = nil

--- There is an envelope sender.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_ENV_FROM = nil

--- There is an envelope recipient.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_ENV_TO = nil

--- There is an inbound connection.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_AC = nil

--- The script may reject.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_550_OK = nil

--- The script may look names up in the DNS.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_DNS_LOOKUP_OK = nil

--- The phase is that of accepting a connection.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_ACCEPT = nil

--- The phase is connect.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_CONNECT = nil

--- The phase is ehlo.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_EHLO = nil

--- The phase is mailfrom.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_MAILFROM = nil

--- The phase is rcptto.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_RCPTTO = nil

--- The phase is data.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_DATA = nil

--- The phase is data_spool.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_SPOOL = nil

--- The phase is data_spool_each_rcpt.
---@type integer
---@constant sieve_capability
---@since 3=3.1
---@page momentum/3/3-reference/lua-ref-msys-run-sieve-script
msys.core.SIEVEREQ_PHASE_EACH_RCPT = nil
