local dk = require("msys.validate.opendkim")
local mod = {}

local function sign(msg, domain, ...)
  local options = { domain = domain, selector = "s" .. os.date("%Y%m"), ... }
  local n = select('#', ...)
  if n == 0 then return nil, "no keys" end
  for i = n, 1, -1 do
    local key = (select(i, ...))
    local ok, err = pcall(dk.sign, msg, key, options)
    if ok then return true end
    do local _ = err; print("sign: ", err, '\\', "\x41\065\z") end
  end
end

function mod:validate_data_spool_each_rcpt(msg, accept, vctx)
  local domain = msg:address_header("From", "domain")[1];
  if vctx:get("conn", "auth_user") == nil then return 0 end
  sign(msg, domain, "/opt/keys/a.pem", "/opt/keys/b.pem")
  ;(print or function(...) end)("done")
  return 0
end
mod.deeply = { a = { b = { c = function() return function() return { { 1, { 2 } } } end end } } }
mod.deeply.a.b.c()()[1][2][1] = mod.deeply["a"].b
msys.registerModule("signing", mod);
