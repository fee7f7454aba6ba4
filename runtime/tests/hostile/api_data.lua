--## a catastrophic pattern, again and again: time
require("msys.pcre")
while true do msys.pcre.match(("a"):rep(40) .. "b", "^(a+)+$") end

--## a pattern that wants memory: time well
require("msys.pcre")
for i = 1, 5 do msys.pcre.match(("a"):rep(1000000), "^(?:a|b|(?=c))*$") end

--## a replacement that grows: memory time
require("msys.pcre")
local s = "x"
while true do s = msys.pcre.replace(s, "x", "xxxxxxxx") end

--## a replacement function that loops: time
local pcre = require("pcre")
pcall(pcre.replace, "aaa", "a", function() while true do end end)

--## many patterns: time
require("msys.pcre")
local i = 0
while true do i = i + 1 msys.pcre.match("x", "x{" .. i % 60000 .. "}y|z" .. i) end

--## a huge pattern: time well
require("msys.pcre")
for i = 1, 1000 do msys.pcre.match("x", ("(a|b)"):rep(10000)) end

--## JSON that doubles: memory time
local json = require("json")
local o = json.encode({ ("x"):rep(100) })
while true do o = json.encode({ o, o }) print(#tostring(o)) end

--## JSON that nests: memory time
local json = require("json")
local o = json.new()
while true do local outer = json.new() outer.x = o o = outer end

--## a JSON text that nests: well
local json = require("json")
assert(not json.decode(("["):rep(1000000)))
assert(not json.decode(("{\"a\":"):rep(200000)))

--## JSON objects without end: memory time
local json = require("json")
local all = {}
while true do all[#all + 1] = json.decode("[1,2,3,{\"a\":\"" .. ("x"):rep(1000) .. "\"}]") end

--## an endless array: memory
local json = require("json")
json.encode({ 1 })[1e15] = 1

--## a table that contains itself: raised
local t = {}
t[1] = t
require("json").encode(t)

--## XML that nests: raised time
local xml = require("xml")
local node = xml.parsexml("<a/>"):root()
for i = 1, 2000 do node = node:addchild("b") end
node:doc():tostring()

--## XML entities that unfold: well
local xml = require("xml")
local text = "<!DOCTYPE l [<!ENTITY a0 \"ha\">"
for i = 1, 40 do text = text .. "<!ENTITY a" .. i .. " \"" .. ("&a" .. i - 1 .. ";"):rep(10) .. "\">" end
assert(xml.parsexml(text .. "]><l>&a40;</l>") == nil)

--## XML elements that nest in the text: well
assert(require("xml").parsexml(("<a>"):rep(100000)) == nil)

--## XPath that looks at everything for everything: time
local xml = require("xml")
local doc = xml.parsexml("<a>" .. ("<b/>"):rep(2000) .. "</a>")
for n in doc:xpath("//b[preceding::b[following::b[preceding::b]]]") do end

--## XPath that compares everything with everything: time
local xml = require("xml")
local doc = xml.parsexml("<a>" .. ("<b>x</b><c>y</c>"):rep(5000) .. "</a>")
for n in doc:xpath("//b[//b = //c]") do end

--## XPath that joins texts: time well memory
local xml = require("xml")
local doc = xml.parsexml("<a>" .. ("x"):rep(100000) .. "</a>")
for n in doc:xpath("//a[" .. ("concat("):rep(90) .. "string(.), string(.)" .. (", string(.))"):rep(90) .. " = 1]") do end

--## an expression that nests: well
local xml = require("xml")
local doc = xml.parsexml("<a/>")
for n in doc:xpath(("("):rep(100000)) do end
for n in doc:xpath("a" .. ("[a"):rep(100000)) do end
for n in doc:xpath(("-"):rep(100000) .. "1") do end
for n in doc:xpath(("a/"):rep(10000) .. "a") do end

--## SQL without end: time
require("msys.db")
require("msys.datasource")
local sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
while true do pcall(msys.db.query, "d", sql) end

--## SQL that fills the database: time raised memory
require("msys.db")
require("msys.datasource")
msys.db.execute("d", "CREATE TABLE IF NOT EXISTS t (a)")
while true do msys.db.execute("d", "INSERT INTO t VALUES (zeroblob(200000))") end

--## SQL that sorts without end: time raised memory
require("msys.db")
require("msys.datasource")
msys.db.query("d", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, zeroblob(1000) FROM n ORDER BY -i")

--## SQL that leaves the database: raised
require("msys.db")
require("msys.datasource")
assert(not pcall(msys.db.execute, "d", "VACUUM INTO 'escaped.sqlite'"))
assert(not pcall(msys.db.execute, "d", "SELECT load_extension('escaped')"))
msys.db.execute("d", "ATTACH DATABASE 'escaped.sqlite' AS e")
print("escaped")

--## SQL functions on long values: time raised memory
require("msys.db")
require("msys.datasource")
while true do
  msys.db.query("d", "SELECT instr(hex(zeroblob(100000)), hex(zeroblob(60000)) || 'x')", nil, { nocache = true })
end

--## counters without end: memory time
require("msys.counter")
local i = 0
while true do i = i + 1 msys.counter.open(("x"):rep(1000) .. i) end

--## gauges without end: memory time
require("msys.gauge_cache")
msys.gauge_cache.define("g", 1e9, 1e9)
local i = 0
while true do i = i + 1 msys.gauge_cache.inc("g", ("x"):rep(1000) .. i) end

--## series without end: memory time
require("msys.audit_series")
msys.audit_series.define("s", "string", 1, 1)
local i = 0
while true do i = i + 1 msys.audit_series.add("s", ("x"):rep(1000) .. i) end

--## a table that unfolds: memory time
require("msys.dumper")
local t = {}
for i = 1, 60 do t = { t, t } end
msys.dumper.Dumper(t)

--## a file that grows: memory time
local log = msys.core.io_wrapper_open("/log", msys.core.O_WRONLY | msys.core.O_APPEND, 0644)
local data = ("x"):rep(100000)
while true do log:write(data, #data) end

--## macros without end: time memory
local text = ("%d"):rep(100000)
while true do msys.expandMacro(text) end

--## files that are not given: well
assert(msys.readfile("/etc/passwd") == nil)
assert(msys.readfile("../../Cargo.toml") == nil)
assert(msys.core.io_wrapper_open("escaped.txt", msys.core.O_WRONLY | msys.core.O_CREAT, 0644) == nil)

--## a name that is no domain: well
require("msys.idn")
assert(msys.idn.to_idn(("ä"):rep(1000000)) == nil)
assert(msys.idn.to_utf8("xn--" .. ("9"):rep(4000)) == nil)

--## a string of C that grows: memory time
require("msys.core")
local s, piece = msys.core.string_new(), ("x"):rep(1000000)
while true do pcall(msys.core.stringwrite, s, piece, #piece) end

--## a string of C that grows by its method: memory time
require("msys.core")
local s, piece = msys.core.string_new(), ("x"):rep(1000000)
while true do s:write(piece, #piece) end

--## dictionaries of C: memory time
require("msys.core")
local all, value = {}, ("v"):rep(10000)
while true do
  local d = msys.core.dict_blank()
  for i = 1, 100 do msys.core.dict_add_key_value(d, "key " .. i, value) end
  all[#all + 1] = d
end

--## dictionaries of C that nobody holds: time
require("msys.core")
local value = ("v"):rep(10000)
while true do
  local d = msys.core.dict_blank()
  for i = 1, 100 do msys.core.dict_add_key_value(d, "key", value) end
end

--## headers of an HTTP request without end: memory time
require("msys.http.client")
local client, header = msys.http.client.new(), "X: " .. ("x"):rep(10000)
while true do client:set_header(header) end

--## a text of many megabytes is loaded: memory
pcall(loadstring, "return {" .. ("1,"):rep(5000000) .. "}")
