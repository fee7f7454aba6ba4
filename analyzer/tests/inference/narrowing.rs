//! What conditions say of values.

use crate::check;

#[test]
fn conditions_narrow() {
    check(
        r#"
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local id = msg:header("X-Id")[1]
  if not id then return msys.core.VALIDATE_CONT end
  local a = id                            --> string
  local other = msg:header("X-Other")[1]
  if other != nil and #other > 3 then
    local b = other                       --> string
  end
  local c = other                         --> string?
  local d = tostring(other)               --> string
  local n = tonumber(id)                  --> number?
  assert(n)
  local m = n                             --> number
  local x = unknown_thing()
  if type(x) == "string" then
    local y = x                           --> string
  end
end
"#,
    );
}

#[test]
fn every_form_of_guard_narrows() {
    check(
        r#"
local mod = {}
local function must(value)
  if value == nil then error("nil") end
  return value
end
function mod:validate_data_spool(msg, accept, vctx)
  local a = msg:header("A")[1]
  if a then print(a)                      --> string
  end
  if a ~= nil then print(a)               --> string
  end
  if a != nil then print(a)               --> string
  end
  if nil ~= a then print(a)               --> string
  end
  if not (a == nil) then print(a)         --> string
  end
  if not a then
    print(a)                              --> nil
  else
    print(a)                              --> string
  end
  if a == nil or #a == 0 then
    print(a)                              --> nil|string
  else
    print(a)                              --> string
  end
  if a and vctx then print(a)             --> string
  end
  if type(a) == "string" then print(a)    --> string
  end
  if type(a) ~= "nil" then print(a)       --> string
  end
  print(a and a)                          --> nil|string
  local b = a or error("no a")            --> string
  local c = msg:header("C")[1]
  if not c then error("no c") end
  print(c)                                --> string
  local d = msg:header("D")[1]
  assert(d ~= nil, "no d")
  print(d)                                --> string
  local e = msg:header("E")[1]
  while not e do
    e = msg:header("F")[1]
  end
  print(e)                                --> string
  print(must(msg:header("G")[1]))         --> string
  local list = msg:header("H")
  if #list >= 1 then print(list[1])       --> string
  end
  if #list == 2 then print(list[2])       --> string
  end
  if 0 < #list then print(list[1])        --> string
  end
  if #list == 0 then return msys.core.VALIDATE_CONT end
  print(list[1])                          --> string
  list = msg:header("I")
  print(list[1])                          --> string?
  return msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn narrowing_is_lost_where_a_value_may_change() {
    check(
        r#"
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  local current = msg:header("A")[1]
  local function renew() current = msg:header("B")[1] end
  if current then
    print(current)                        --> string
    renew()
    print(current)                        --> string?
  end
  local first = msg:header("C")[1]
  if first then
    for _, name in ipairs({ "D", "E" }) do
      print(first)                        --> string?
      first = msg:header(name)[1]
    end
  end
  local state = { id = msg:header("F")[1] }
  if state.id then
    print(state.id)                       --> string
    state.id = msg:header("G")[1]
    print(state.id)                       --> string?
  end
  local kept = msg:header("H")[1]
  if kept then
    renew()
    print(kept)                           --> string
  end
  local early = msg:header("I")[1]
  repeat
    if early then break end
    early = msg:header("J")[1]
  until early
  print(early)                            --> string
  return msys.core.VALIDATE_CONT
end
"#,
    );
}

#[test]
fn asking_for_what_is_always_there_loses_nothing() {
    check(
        r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local id = msg and accept and msg:header("X-Id")[1]
  local a = msg                           --> ec_message
  if not accept then
    local b = accept                      --> unknown
    print("no session", b)
  end
  local c = accept                        --> accept_construct
  if not vctx then vctx = msg:header("X-Id") end
  local d = vctx                          --> string[]|validate_context
end
"#,
    );
}
