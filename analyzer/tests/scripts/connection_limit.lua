-- Refuses a host that opens too many connections in a minute.
require("msys.core");
require("msys.extended.ac");
require("msys.audit");

local limits = {}
limits["10.0.0.0/8"] = 500;
limits["default"] = 0x40;

local mod = {};

local function limit_for(addr)
  for network, limit in pairs(limits) do
    if network ~= "default" and msys.cidrMatch and msys.cidrMatch(addr, network) then
      return limit;
    end
  end
  return limits.default
end

function mod:validate_connect(accept, vctx)
  local addr = vctx:get(msys.core.VCTX_CONN, "remote_ip") or "0.0.0.0";
  local seen, err = msys.audit.rate and msys.audit.rate("connect", addr, 60);
  if err then
    print("rate: " .. tostring(err) .. "\n");
  elseif seen and seen > limit_for(addr) then
    vctx:pending(421, '4.7.0 too many connections from ' .. addr);
    return msys.core.VALIDATE_DONE;
  end
  return msys.core.VALIDATE_CONT;
end

msys.registerModule("connection_limit", mod);
