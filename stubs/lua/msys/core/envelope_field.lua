---@meta msys.core

-- What `msg:get_envelope2` copies. Joined with `|`.

---@class msys.core
msys.core = {}

--- The envelope sender. Not together with `EC_MSG_ENV_TO`.
---@type integer
---@constant envelope_field
---@page momentum/4/lua/ref-msg-get-envelope-2
msys.core.EC_MSG_ENV_FROM = nil

--- The envelope recipient. Not together with `EC_MSG_ENV_FROM`.
---@type integer
---@constant envelope_field
---@page momentum/4/lua/ref-msg-get-envelope-2
msys.core.EC_MSG_ENV_TO = nil

--- The whole address goes into the first string, without `MAIL FROM:` or angle brackets.
---@type integer
---@constant envelope_field
---@page momentum/4/lua/ref-msg-get-envelope-2
msys.core.EC_MSG_ENV_COMPLETE = nil
