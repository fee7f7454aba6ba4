-- Console commands: usage, subcommands in a table, and arguments that are looked at first.

require("msys.core")

local mod = {}
local settings = { verbose = false, level = 1 }
local commands = {}

function commands.show()
  for name, value in pairs(settings) do
    print(string.format("%-10s %s", name, tostring(value)))
  end
end

commands["set"] = function(cc)
  if cc.argc < 4 then
    return commands.help()
  end
  local name, value = cc.argv[2], cc.argv[3]
  if settings[name] == nil then
    print("unknown setting", name)
    return
  end
  if name == "verbose" then
    settings.verbose = value == "on"
  else
    settings.level = tonumber(value) or settings.level
  end
end

commands.help = function()
  local names = {}
  for name in pairs(commands) do
    names[#names + 1] = name
  end
  table.sort(names)
  print("usage: policy " .. table.concat(names, "|"))
end

local function dispatch(cc)
  local name = "help"
  if cc.argc >= 2 then
    name = cc.argv[1]
  end
  local command = commands[name] or commands.help
  command(cc)
end

function mod:init()
  msys.registerControl("policy", dispatch)
  return true
end

msys.registerModule("console_commands", mod)
