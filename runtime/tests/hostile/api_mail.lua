--## parts without end: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
while true do msg:makePart("text/plain", ("x"):rep(10000)) end

--## containers in containers: time memory
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
local inner = msg:makeContainer("multipart/mixed")
while true do
  local outer = msg:makeContainer("multipart/mixed")
  outer:addLastChild(inner)
  inner = outer
end

--## copies without end: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
msg:raw(("x"):rep(1000000) .. "\r\n")
local kept = {}
while true do kept[#kept + 1] = msg:copy() end

--## a body that doubles: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
msg:body("x\r\n.\r\n")
while true do msg:body_replace("x", "xxxxxxxx") end

--## a catastrophic pattern over a body: time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
msg:body(("a"):rep(40) .. "b\r\n.\r\n")
while true do msg:body_match("^(a+)+$") end

--## messages are sent without end: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
msg:raw("Subject: x\r\n\r\n" .. ("x"):rep(100000) .. "\r\n")
while true do msg:inject("a@example.com", "b@example.com") end

--## headers without end: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
while true do msg:header("X", ("y"):rep(1000), "append") end

--## the same message put in again and again: time memory
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
local parts = {}
for i = 1, 500 do parts[i] = "--b\r\n\r\nx\r\n" end
local text = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" .. table.concat(parts) .. "--b--\r\n"
while true do msg:raw(text) end

--## a bounce of many words: well
require("msys.core") require("msys.bounce") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
msg:raw("Subject: x\r\n\r\n" .. ("mailbox "):rep(200000) .. "\r\n")
local code = msys.bounce.classify(msg)
assert(code > 0)

--## answers are classified without end: time
require("msys.bounce")
local text = ("nothing in particular "):rep(1000)
while true do msys.bounce.classify_smtp_response(text) end

--## a multipart that nests: well
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
local text = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
msg:raw(("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"):rep(5000))
local part, count = msg:mime(), 0
while part do count = count + 1 part = part.thread end
assert(count > 1 and count <= 2000)

--## boundaries without end: time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
while true do msg:makeBoundary(msg:mime()) end

--## recipients and headers of a forward: memory time
require("msys.core") require("msys.extended.message")
local msg = msys.core.ec_message_new(nil)
local s = ("a@example.com,"):rep(50000)
while true do msg:forward("a@example.com", s, "text") end
