---@meta msys.core

-- What `delay_dsn_send_notification` returns.

---@class msys.core
msys.core = {}

--- The hook has sent the notification; the module sends none.
---@type integer
---@constant delay_dsn_notification
---@since 3=3.0 4=4.0
---@correction The page names it without a table; that Lua has it in `msys.core` is inferred.
---@page momentum/3/3-api/hooks-delay-dsn-send-notification
msys.core.DELAY_DSN_SEND_NOTIFICATION_OK = nil
