local handle, why = io.open("lib/words.lua")
print(handle and handle:read("*l") or why)
