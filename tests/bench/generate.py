"""Writes trees of realistic policy scripts for benchmarks. Deterministic: the same arguments give the same files.

usage: generate.py FOLDER SCRIPTS LINES_A_SCRIPT
"""

import pathlib
import random
import sys

HEAD = """require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")
require("msys.pcre")

local core = msys.core
local mod = {{}}
local limits = {{ {limits} }}

local function first(msg, name)
  local values = msg:header(name)
  if values and #values > 0 then
    return values[1]
  end
  return nil
end
"""

HELPER = """
local function check_{n}(msg, vctx)
  local campaign = first(msg, "X-Campaign-{n}")
  if not campaign then
    return false
  end
  local found = msys.pcre.match(campaign, "^({word}|bulk)-(?<id>\\\\d+)$")
  if found and tonumber(found.id) > {number} then
    vctx:set(core.VCTX_MESS, "campaign_{n}", found.id)
    return true
  end
  for name, limit in pairs(limits) do
    if name == campaign and limit < {number} then
      msg:context_set(core.ECMESS_CTX_MESS, "limit_{n}", tostring(limit))
    end
  end
  return campaign ~= "{word}"
end
"""

CALLOUT = """
function mod:{callout}(msg, accept, vctx)
  if {tests} then
    vctx:set_code(451, "4.7.1 try again later")
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end
"""

TAIL = """
msys.registerModule("{name}", mod)
"""

CALLOUTS = ["validate_data", "validate_data_spool", "validate_data_spool_each_rcpt"]
WORDS = ["newsletter", "alert", "invoice", "welcome", "reset"]


def script(name, lines, random):
    words = ", ".join(f"{word} = {random.randrange(1, 90)}" for word in WORDS)
    text = HEAD.format(limits=words)
    helpers = 0
    while text.count("\n") + 14 < lines:
        helpers += 1
        text += HELPER.format(n=helpers, word=random.choice(WORDS), number=random.randrange(100))
    tests = " or ".join(f"check_{n}(msg, vctx)" for n in range(1, min(helpers, 6) + 1)) or "first(msg, \"X-Stop\")"
    text += CALLOUT.format(callout=random.choice(CALLOUTS), tests=tests)
    return text + TAIL.format(name=name)


def write(folder, scripts, lines):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(20)
    for number in range(scripts):
        name = f"policy_{number}"
        (folder / f"{name}.lua").write_text(script(name, lines, source))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
