---@meta msys.expurgate

--- Scans by Eleven eXpurgate. The configuration module `eleven` must be loaded with `Enabled = false`.
---@class msys.expurgate
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate = {}

-- Kind of mail.

--- Not known.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_UNKNOWN = nil

--- Good.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_CLEAN = nil

--- Suspicious.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_SUSPECT = nil

--- Spam.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_SPAM = nil

--- Bulk mail.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_BULK = nil

--- Dangerous.
---@type integer
---@constant msys.expurgate.type
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.TYPE_DANGEROUS = nil

-- What exactly it is.

--- Nothing in particular.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_NORMAL = nil

--- Good, and empty.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_CLEAN_EMPTY = nil

--- Good, and almost empty.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_CLEAN_ALMOST_EMPTY = nil

--- Good, with an empty body.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_CLEAN_EMPTY_BODY = nil

--- Good: a bounce.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_CLEAN_BOUNCE = nil

--- Bulk mail: advertisement.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_BULK_ADV = nil

--- Bulk mail: pornography.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_BULK_PORN = nil

--- Dangerous: a virus.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_DANGEROUS_VIRUS = nil

--- Dangerous: an attachment.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_DANGEROUS_ATTACHMENT = nil

--- Dangerous: code.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_DANGEROUS_CODE = nil

--- Dangerous: an iframe.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_DANGEROUS_IFRAME = nil

--- Dangerous: an outbreak that just began.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_DANGEROUS_OUTBREAK = nil

--- Suspicious: a link.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_URL = nil

--- Suspicious: the number of links.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_URL_COUNT = nil

--- Suspicious: the number of mails.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_MAIL_COUNT = nil

--- Suspicious: the sender.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_SENDER = nil

--- Suspicious by rule 1 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER1 = nil

--- Suspicious by rule 2 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER2 = nil

--- Suspicious by rule 3 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER3 = nil

--- Suspicious by rule 4 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER4 = nil

--- Suspicious by rule 5 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER5 = nil

--- Suspicious by rule 6 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER6 = nil

--- Suspicious by rule 7 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER7 = nil

--- Suspicious by rule 8 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER8 = nil

--- Suspicious by rule 9 of the site's own.
---@type integer
---@constant msys.expurgate.subtype
---@page momentum/4/lua/ref-msys-expurgate-scan
msys.expurgate.SUBTYPE_SUSPECT_USER9 = nil

--- Names of kinds of mail.
---@alias msys.expurgate.type_name "unknown"|"clean"|"suspect"|"spam"|"bulk"|"dangerous"

--- Names of what exactly it is.
---@alias msys.expurgate.subtype_name "normal"|"empty"|"empty-body"|"almost-empty"|"bounce"|"advertisement"|"porn"|"virus"|"attachment"|"code"|"iframe"|"outbreak"|"url"|"url-count"|"mail-count"|"sender"

--- Scans a message. The outcome is set as message context variables too: `eleven-result`, `eleven-result-subtype`,
--- `eleven-majorscore`, `eleven-minorscore`.
---@param msg? ec_message The message at hand when left out or nil, as the page's example has it; the other two likewise.
---@param accept? accept_construct
---@param vctx? validate_context
---@return msys.expurgate.type_name major_string Kind of mail, by name.
---@return msys.expurgate.subtype_name minor_string What exactly, by name.
---@return msys.expurgate.type major Kind of mail, by number.
---@return msys.expurgate.subtype minor What exactly, by number.
---@requires msys.expurgate
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data, validate_data_spool, validate_data_spool_each_rcpt
---@since 3=3.1 4=4.0
---@blocking
---@trap It needs the whole message: it does not work in the phases connect, ehlo, mailfrom and rcptto.
---@trap The configuration module `eleven` must be loaded with `Enabled = false`: policy acts on the result, not it.
---@trap The page lists the names first and the numbers after them, and its example takes them the other way round: try it on your server before you rely on the order.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-expurgate-scan
function msys.expurgate.scan(msg, accept, vctx) end
