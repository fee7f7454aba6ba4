--## stars: time
("a"):rep(1e5):find(("a*"):rep(30) .. "b")
--## optional items: time
("a"):rep(30):find(("a?"):rep(30) .. ("a"):rep(31))
--## lazy items: time
("a"):rep(1e5):match((".-"):rep(20) .. "b")
--## within pcall: time
while true do pcall(string.find, ("a"):rep(1e5), ("a*"):rep(30) .. "b") end
--## gmatch: time
for w in ("a"):rep(1e5):gmatch(("a-"):rep(20) .. "b") do end
--## gfind: time
for w in string.gfind(("a"):rep(1e5), ("a-"):rep(20) .. "b") do end
--## gsub: time
("a"):rep(1e5):gsub(("a*"):rep(30) .. "b", "")
--## gsub with a function: time
("a"):rep(1e5):gsub(("a*"):rep(30) .. "b", function() end)
--## balanced: time
("("):rep(1e6):gsub("%b()", "")
--## captures repeated: time
("ab"):rep(1e5):find(("(.*)"):rep(10) .. "%1%2%3b!")
--## a pattern that nests too deeply: raised
("a"):rep(1e4):find(("a?"):rep(1e4))
--## plain needles: time well
local hay, needle = ("a"):rep(2e6), ("a"):rep(1e6) .. "b"
for i = 1, 1e9 do hay:find(needle, 1, true) end
--## malformed patterns: well
for _, p in ipairs({ "[", "[^", "%", "(", ")", "%b", "%bx", "%f", "[a", "[%", "()%1", "(%1)", "[]", "[^]", "%1", "(()" }) do
  print(pcall(string.find, "abc(])[", p))
  print(pcall(string.gsub, "abc(])[", p, "%1"))
  print(pcall(string.gsub, "abc(])[", p, function(...) return ... end))
end
