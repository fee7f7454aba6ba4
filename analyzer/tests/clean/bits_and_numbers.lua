-- The dialect's own operators: flags, integer division, octal file modes, != and comments after semicolons.

require("msys.core");
require("msys.extended.vctx");

local FLAG = { trusted = 1 << 0, bulk = 1 << 1, test = 1 << 2 };
local MASK = ~FLAG.test & 0xff;
local MODE = 0644;

local function flags_of(vctx)
  return tonumber(vctx:get(msys.core.VCTX_CONN, "flags")) or 0;
end

local function has(flags, name)
  return flags & FLAG[name] != 0;
end

local function write_log(line)
  msys.runInPool("IO", function()
    local log = msys.core.io_wrapper_open("/tmp/flags.log", msys.core.O_CREAT | msys.core.O_WRONLY, MODE);
    if log then
      log:write(line, #line);
    end
  end, true);
end

local mod = {};

function mod:validate_connect(accept, vctx)
  local flags = flags_of(vctx) & MASK;
  if has(flags, "bulk") and not has(flags, "trusted") then
    local quarter = os.date("*t").min \ 15;
    write_log(string.format("%d %x\n", quarter, flags ^^ FLAG.bulk));
    if quarter % 2 == 1 then
      vctx:set_code(421, "4.7.0 In the next quarter of an hour, please");
      return msys.core.VALIDATE_DONE;
    end
  end
  return msys.core.VALIDATE_CONT;
end

msys.registerModule("bits_and_numbers", mod);
