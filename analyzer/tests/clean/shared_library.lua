-- A library of the site, returned as a table, with functions that are added in another file.

local site = require("site.library")
require("site.library_addresses")
local core = require("msys.core")
require("msys.extended.message")
require("msys.extended.vctx")

local handlers = {}

function handlers:validate_rcptto(msg, str, accept, vctx)
  local localpart, domain = site.split_address(tostring(str))
  if domain and site.is_local(domain) and not site.is_role(localpart) then
    vctx:set(core.VCTX_MESS, "local", "yes")
  end
  return core.VALIDATE_CONT
end

function handlers:validate_data(msg, accept, vctx)
  site.each_header(msg, { "To", "Cc" }, function(name, value)
    if #value > 900 then
      msg:header(name, site.ellipsis(value, 900), "replace")
    end
  end)
  return core.VALIDATE_CONT
end

msys.registerModule("shared_library", handlers)
//- /policy/site/library.lua
local library = { VERSION = "2.1", local_domains = {} }

for _, domain in ipairs({ "example.com", "example.net" }) do
  library.local_domains[domain] = true
end

function library.ellipsis(text, width)
  if #text <= width then
    return text
  end
  return text:sub(1, width - 3) .. "..."
end

function library.each_header(msg, names, visit)
  for _, name in ipairs(names) do
    for _, value in ipairs(msg:header(name)) do
      visit(name, value)
    end
  end
end

function library.is_local(domain)
  return library.local_domains[domain:lower()] or false
end

return library
//- /policy/site/library_addresses.lua
local library = require("site.library")

local roles = { postmaster = true, abuse = true }

function library.split_address(address)
  local localpart, domain = address:match("^<?([^@<>]*)@([^@<>]+)>?$")
  return localpart or address, domain
end

library.is_role = function(localpart)
  return roles[localpart] == true
end
