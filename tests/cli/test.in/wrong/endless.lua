local mod = {}
function mod:validate_connect()
  while true do end
end
msys.registerModule("endless", mod)
