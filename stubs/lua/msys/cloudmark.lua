---@meta msys.cloudmark

--- Spam scans by Cloudmark Authority. The configuration module `cloudmark` must be loaded with `Enabled = false`.
---@class msys.cloudmark
---@page momentum/4/lua/ref-msys-cloudmark-score
msys.cloudmark = {}

--- Outcome of a scan. All fields but `analysis` are set as message context variables `cmae-…` too.
---@class msys.cloudmark.result
---@field score number 0 to 100; the higher, the surer it is spam.
---@field is_spam? any True when the score is above the option `MinimumScore`; without that option it is not set.
---@field category any Category that the engine put the message into.
---@field ["category-desc"] string The category in words.
---@field ["sub-category"] any Category below that one.
---@field ["sub-category-desc"] string The same in words.
---@field rescan string `yes` when a later scan might find more.
---@field analysis string The engine's analysis header.

--- Reads the outcome from an analysis header that an earlier scan made.
---@param hdr string The header's value.
---@param msg? ec_message The current one when left out.
---@param vctx? validate_context The current one when left out.
---@return msys.cloudmark.result result
---@requires msys.cloudmark
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@nilcrash hdr
---@nopcall
---@trap Do not call it by `pcall`: the engine cannot give way to other threads across it.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-cloudmark-analyze
function msys.cloudmark.analyze(hdr, msg, vctx) end

--- Scans a message.
---@param msg? ec_message The current one when left out.
---@param accept? accept_construct The current one when left out.
---@param vctx? validate_context The current one when left out.
---@return msys.cloudmark.result result
---@requires msys.cloudmark
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data, validate_data_spool, validate_data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@yields
---@blocking
---@trap It needs the whole message: it does not work in the phases connect, ehlo, mailfrom and rcptto.
---@nopcall
---@trap Do not call it by `pcall`: the engine cannot give way to other threads across it.
---@trap The configuration module `cloudmark` must be loaded with `Enabled = false`: policy acts on the result, not it.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-cloudmark-score
function msys.cloudmark.score(msg, accept, vctx) end

--- Scans a message and sets the score at which ActiveFilter takes action afterwards.
---
--- A message taken for good whose fingerprint later goes above the threshold is updated in the mailbox; in the mode
--- `MOVEMSG` also one taken for spam that proves good.
---@param msg ec_message
---@param accept accept_construct
---@param vctx validate_context
---@param af_threshold number The threshold, 0 to 100.
---@return unknown score Not documented; the example calls it the score.
---@requires msys.cloudmark
---@since 3=3.0 4=4.0
---@correction The summary table has no row for it; an example of the manual of series 3 uses it, so it is taken to be there.
---@nilcrash msg, accept, vctx, af_threshold
---@yields
---@blocking
---@correction The page types `af_threshold` as a string; its example gives a number.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-cloudmark-score-af
function msys.cloudmark.score_af(msg, accept, vctx, af_threshold) end

--- Gives ActiveFilter data about a recipient.
---@param addr string Address of the recipient.
---@param data table<string, string> Keys and values.
---@requires msys.cloudmark
---@since 3=3.0 4=4.0
---@correction The summary table has no row for it; an example of the manual of series 3 uses it, so it is taken to be there.
---@nilcrash addr, data
---@trap The configuration modules `cloudmark` and `maildir` must be loaded.
---@correction The page types `data` as userdata; its example gives a table.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-cloudmark-add-af-data
function msys.cloudmark.add_af_data(addr, data) end

--- Has ActiveFilter delete messages that prove to be spam.
---@requires msys.cloudmark
---@since 4=4.0
---@trap One of the `set_af_mode_…` functions must be called, or ActiveFilter has no mode.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-cloudmark-set-af-mode-discard
function msys.cloudmark.set_af_mode_discard() end

--- Has ActiveFilter leave messages where they are.
---@requires msys.cloudmark
---@since 4=4.0
---@trap One of the `set_af_mode_…` functions must be called, or ActiveFilter has no mode.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-cloudmark-set-af-mode-keep
function msys.cloudmark.set_af_mode_keep() end

--- Has ActiveFilter move messages between two folders.
---@param inbox string Folder for good messages.
---@param spam string Folder for spam.
---@param unread_only "yes"|"no" `yes` leaves messages that were read where they are.
---@requires msys.cloudmark
---@since 3=3.0 4=4.0
---@correction The summary table has no row for it; an example of the manual of series 3 uses it, so it is taken to be there.
---@nilcrash inbox, spam, unread_only
---@trap One of the `set_af_mode_…` functions must be called, or ActiveFilter has no mode.
---@trap `unread_only` is the text `yes` or `no`, not a boolean.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-cloudmark-set-af-mode-movemsg
function msys.cloudmark.set_af_mode_movemsg(inbox, spam, unread_only) end

--- Sets the address that ActiveFilter's own messages go to.
---@param addr string The address.
---@requires msys.cloudmark
---@since 3=3.0 4=4.0
---@correction The summary table has no row for it; an example of the manual of series 3 uses it, so it is taken to be there.
---@nilcrash addr
---@trap It must be an address of the configured `maildir`.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-cloudmark-set-af-msi-address
function msys.cloudmark.set_af_msi_address(addr) end
