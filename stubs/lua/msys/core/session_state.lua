---@meta msys.core

-- The state of an inbound session, as `core_log_rejection` gets it in `phase`. The numbers follow from the order in
-- which the pages list the states.

---@class msys.core
msys.core = {}

--- The connection is being set up.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_START`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_START = 0

--- The greeting is being sent.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_START_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_START_RESPONSE = 1

--- EHLO or HELO was received.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EHLO`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EHLO = 2

--- The answer to EHLO is being made.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EHLO_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EHLO_RESPONSE = 3

--- MAIL FROM was received.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_MAILFROM`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_MAILFROM = 4

--- The answer to MAIL FROM is being made.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_MAILFROM_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_MAILFROM_RESPONSE = 5

--- RCPT TO was received.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_RCPTTO`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_RCPTTO = 6

--- The answer to RCPT TO is being made.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_RCPTTO_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_RCPTTO_RESPONSE = 7

--- DATA was received.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_DATA`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_DATA = 8

--- The content is being received.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_BODY`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_BODY = 9

--- The answer to the content is being made.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_BODY_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_BODY_RESPONSE = 10

--- The answer to the content is being made, while other work goes on.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_ASYNC_BODY_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_ASYNC_BODY_RESPONSE = 11

--- The message was accepted.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_OK`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_OK = 12

--- The client may not relay to that recipient.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_RELAYING_DENIED`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_RELAYING_DENIED = 13

--- Kept for extensions.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EXTENSION_1`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EXTENSION_1 = 14

--- Kept for extensions.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EXTENSION_2`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EXTENSION_2 = 15

--- Kept for extensions.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EXTENSION_3`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EXTENSION_3 = 16

--- Kept for extensions.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_EXTENSION_4`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_EXTENSION_4 = 17

--- Too many connections.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_CONCURRENCY_LIMIT`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_CONCURRENCY_LIMIT = 18

--- The list of recipients is being checked.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_RCPTTO_LIST_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_RCPTTO_LIST_RESPONSE = 19

--- The list of recipients is settled: from here on it cannot be changed.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_RCPTTO_LIST_FINAL_RESPONSE`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_RCPTTO_LIST_FINAL_RESPONSE = 20

--- The session is being prepared.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_SETUP`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_SETUP = 21

--- A multi-channel message is being put in order.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_MCMT_FIXUP`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_MCMT_FIXUP = 22

--- How many states there are; no state itself.
---@type integer
---@constant session_state
---@trap No page writes it as `msys.core.MC_STATE_COUNT`: the name in Lua follows from the C name.
---@page momentum/3/3-api/hooks-core-log-rejection
msys.core.MC_STATE_COUNT = 23
