-- The same mistakes in other clothes.

require("msys.core")
require("msys.extended.vctx")

local CONT, DONE = msys.core.VALIDATE_CONT, msys.core.VALIDATE_DONE

local function refuse(vctx, text)
  vctx:set_code(554, "5.7.1 " .. text)
end

local function on_data(self, msg, accept, vctx)
  local score = tonumber(vctx:get(msys.core.VCTX_MESS, "score")) or 0
  if score > 10 then
    refuse(vctx, "Too much")
    return CONT
--         ^^^^ reject-then-continue
  end
  while score > 5 do
    score = score - 1
    if score == 7 then
      return "done"
--           ^^^^^^ callout-return-value
    end
  end
  return CONT
end

local function on_ehlo(self, str, accept, vctx)
  local name = tostring(str)
  if name == "localhost" then
    refuse(vctx, "That is me")
    return DONE
  elseif name ~= "" then
    return CONT
  else
    print("no name")
  end
end
--<^^^ callout-return-missing

local function count(kind)
  return function(self, msg, dr, now, note, note_len)
    print(kind, dr.domain)
    return 1
--         ^ hook-return-ignored
  end
end

msys.registerModule("styles", {
  validate_data = on_data,
  validate_ehlo = on_ehlo,
  core_log_delivery_v1 = count("delivered"),
  core_log_transient_failure_v1 = function(self, msg, dr, now, note, note_len)
    if note then
      return "kept"
--           ^^^^^^ hook-return-ignored
    end
  end,
})
