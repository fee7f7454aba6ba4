// lua/high_cyclomatic_complexity=warning
-- Zones by country, written out; nobody dares to touch it.

local function zone(d)
--    ^^^^^^^^^^^^^^^^ lua/high_cyclomatic_complexity
  if d == "aa" or d == "ab" or d == "ac" or d == "ad" or d == "ae" or d == "af" or d == "ag" or d == "ah" or d == "ai" or d == "aj" or d == "ak" or d == "al" or d == "am" or d == "an" or d == "ao" then
    return "a"
  end
  if d == "ba" or d == "bb" or d == "bc" or d == "bd" or d == "be" or d == "bf" or d == "bg" or d == "bh" or d == "bi" or d == "bj" or d == "bk" or d == "bl" or d == "bm" or d == "bn" or d == "bo" then
    return "b"
  end
  if d == "ca" or d == "cb" or d == "cc" or d == "cd" or d == "ce" or d == "cf" or d == "cg" or d == "ch" or d == "ci" or d == "cj" or d == "ck" or d == "cl" or d == "cm" or d == "cn" or d == "co" then
    return "c"
  end
  return "far"
end

local zones = { zone = zone }

zones.size = function(n)
--           ^^^^^^^^^^^ lua/high_cyclomatic_complexity
  local total = 0
  if n > 0 then
    total = total + 1
  end
  if n > 10 then
    total = total + 2
  end
  if n > 20 then
    total = total + 3
  end
  if n > 30 then
    total = total + 4
  end
  if n > 40 then
    total = total + 5
  end
  if n > 50 then
    total = total + 6
  end
  if n > 60 then
    total = total + 7
  end
  if n > 70 then
    total = total + 8
  end
  if n > 80 then
    total = total + 9
  end
  if n > 90 then
    total = total + 10
  end
  if n > 100 then
    total = total + 11
  end
  if n > 110 then
    total = total + 12
  end
  if n > 120 then
    total = total + 13
  end
  if n > 130 then
    total = total + 14
  end
  if n > 140 then
    total = total + 15
  end
  if n > 150 then
    total = total + 16
  end
  if n > 160 then
    total = total + 17
  end
  if n > 170 then
    total = total + 18
  end
  if n > 180 then
    total = total + 19
  end
  if n > 190 then
    total = total + 20
  end
  if n > 200 then
    total = total + 21
  end
  if n > 210 then
    total = total + 22
  end
  if n > 220 then
    total = total + 23
  end
  if n > 230 then
    total = total + 24
  end
  if n > 240 then
    total = total + 25
  end
  if n > 250 then
    total = total + 26
  end
  if n > 260 then
    total = total + 27
  end
  if n > 270 then
    total = total + 28
  end
  if n > 280 then
    total = total + 29
  end
  if n > 290 then
    total = total + 30
  end
  if n > 300 then
    total = total + 31
  end
  if n > 310 then
    total = total + 32
  end
  if n > 320 then
    total = total + 33
  end
  if n > 330 then
    total = total + 34
  end
  if n > 340 then
    total = total + 35
  end
  if n > 350 then
    total = total + 36
  end
  if n > 360 then
    total = total + 37
  end
  if n > 370 then
    total = total + 38
  end
  if n > 380 then
    total = total + 39
  end
  if n > 390 then
    total = total + 40
  end
  if n > 400 then
    total = total + 41
  end
  if n > 410 then
    total = total + 42
  end
  return total
end

function zones:pick(d, n)
--<^^^^^^^^^^^^^^^^^^^^^^^^^ lua/high_cyclomatic_complexity
  if d == "z0" and n ~= 0 then
    return 0
  end
  if d == "z1" and n ~= 1 then
    return 1
  end
  if d == "z2" and n ~= 2 then
    return 2
  end
  if d == "z3" and n ~= 3 then
    return 3
  end
  if d == "z4" and n ~= 4 then
    return 4
  end
  if d == "z5" and n ~= 5 then
    return 5
  end
  if d == "z6" and n ~= 6 then
    return 6
  end
  if d == "z7" and n ~= 7 then
    return 7
  end
  if d == "z8" and n ~= 8 then
    return 8
  end
  if d == "z9" and n ~= 9 then
    return 9
  end
  if d == "z10" and n ~= 10 then
    return 10
  end
  if d == "z11" and n ~= 11 then
    return 11
  end
  if d == "z12" and n ~= 12 then
    return 12
  end
  if d == "z13" and n ~= 13 then
    return 13
  end
  if d == "z14" and n ~= 14 then
    return 14
  end
  if d == "z15" and n ~= 15 then
    return 15
  end
  if d == "z16" and n ~= 16 then
    return 16
  end
  if d == "z17" and n ~= 17 then
    return 17
  end
  if d == "z18" and n ~= 18 then
    return 18
  end
  if d == "z19" and n ~= 19 then
    return 19
  end
  if d == "z20" and n ~= 20 then
    return 20
  end
  return self.zone(d)
end

return zones
