-- Audit lines: who came, with which certificate, and what the earlier steps made of the mail.

local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local audit = {}

local FORMATS = {
  connection = "from=%{vctx_conn:ehlo_string} tls=%{vctx_conn:tls}",
  certificate = [[subject=%{vctx_con:tls_client_cert_subject}]],
--                          ^^^^^^^^ macro: did you mean `vctx_conn`?
  message = "headers=%{rfc2822:header,3}",
--                             ^^^^^^ macro: `rfc2822` has no macro `header`
}

local function line(kind)
  return msys.expandMacro(FORMATS[kind])
end

local function note(message, name, value)
  if message:context_exists(core.ECMESS_CTX_MESS, name) == 0 then
    message:context_set(core.ECMESS_CTX_MESS, name, value)
  end
end

function audit:validate_mailfrom(sender, accept, vctx)
  vctx:set(core.VCTX_CONN, "audit_sender", tostring(sender))
  print(line("connection"), line("certificate"))
  return core.VALIDATE_CONT
end

function audit:validate_data(msg, accept, vctx)
  note(msg, "audit_id", "1")
  local sender = vctx:get(core.VCTX_CONN, "audit_sendr")
--                                         ^^^^^^^^^^^ macro: did you mean `audit_sender`?
  print(line("message"), sender, msg:context_get(core.ECMESS_CTX_CONN, "audit_id"))
--                                                                      ^^^^^^^^ macro: only in that of the message
  print(msys.expandMacro("sent=%{vctx_mess:mailfrom_string"))
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ macro: has no `}`
  return core.VALIDATE_CONT
end

msys.registerModule("audit", audit)
