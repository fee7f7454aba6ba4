---@meta msys.spamc

--- Spam scans by SpamAssassin's daemon, through the configuration module `spamassassin`.
---@class msys.spamc
---@page momentum/4/modules/spamassassin
msys.spamc = {}

--- Scans a message and leaves the outcome in message context variables.
---
--- `spamc_status` is `ok` or `failed`; when it is `ok`, `spamc_spam` (`true` or `false`), `spamc_score`,
--- `spamc_thresh` (both with two decimals) and `spamc_symbols` (rules, separated by commas) are set. It gives no
--- result of its own.
---@param msg ec_message
---@requires msys.spamc
---@since 4=5.0
---@nilcrash msg
---@blocking
---@trap It waits for the daemon: call it in `validate_data_spool`, where waiting does no harm.
---@trap Read `spamc_spam` only when `spamc_status` is `ok`; after a failure the other variables are not set.
---@trap All values are texts: compare `spamc_spam` with `"true"`.
---@fidelity fixture
---@page momentum/4/modules/spamassassin
function msys.spamc.spamc_scan(msg) end
