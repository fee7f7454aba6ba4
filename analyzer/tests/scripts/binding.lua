require('msys.core')
local mod = {}
local BY_DOMAIN = {
  ["example.com"] = "transactional", ["example.net"] = "bulk",
  [1] = "first", [2] = "second"; third = { weight = .5, hosts = { "a", "b"; "c" } },
}

mod["validate_binding"] = function(self, msg)
  local wanted = msg:header("X-Binding")[1]
  local domain = msg:address_header("From", "domain")[1] or msg:mailfrom():match("@(.+)$")
  local hash = 5381
  for i = 1, #domain do
    hash = ((hash << 5) + hash ^^ domain:byte(i)) & 0xffffffff
  end
  while hash > 100 do hash = hash >> 1; if hash == 77 then break end end
  if wanted and wanted ~= "" then
    msg:binding(wanted)
  elseif BY_DOMAIN[domain] then
    msg:binding(BY_DOMAIN[domain])
  else
    msg:binding_group(hash % 2 == 0 and "even" or "odd")
  end
  return msys.core.VALIDATE_CONT, ~hash, not nil
end

msys.registerModule("binding", mod)
