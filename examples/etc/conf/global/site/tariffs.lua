-- What our customers have agreed on.

require("msys.core")
require("msys.datasource")
require("msys.db")

module(..., package.seeall)

local BINDING_OF_TARIFF = {
  gold = "customer-gold",
  shared = "customer-shared",
}

-- The customer's row (tariff, footer), or nil for one that we do not know.
function customer(name)
  local row, failure = msys.db.fetch_row(
    "policy",
    "SELECT tariff, footer FROM customers WHERE customer = $name",
    { name = name },
    { raise_error = false }
  )
  if failure then
    print("tariffs: customer " .. name .. ": " .. failure)
    return nil
  end
  return row
end

-- The binding that a customer's mail leaves by. Those without a contract share one.
function binding_for(name)
  local row = customer(name)
  if row == nil then
    return BINDING_OF_TARIFF.shared
  end
  return BINDING_OF_TARIFF[row.tariff] or BINDING_OF_TARIFF.shared
end
