---@meta math

--- Mathematics. `require("mathx")` adds more functions to this table.
---@class math
---@global
math = {}

--- The ratio of a circle's circumference to its diameter.
---@type number
math.pi = 3.141592653589793

--- Infinity: larger than any other number.
---@type number
math.huge = nil

--- Gives the size without the sign.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.abs(x) end

--- Arc cosine, in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.acos(x) end

--- Arc sine, in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.asin(x) end

--- Arc tangent, in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.atan(x) end

--- Rounds up to a whole number.
---@param x number
---@return integer result
---@nilcrash x
---@fidelity modelled
function math.ceil(x) end

--- Cosine of an angle in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.cos(x) end

--- Hyperbolic cosine.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.cosh(x) end

--- Turns radians into degrees.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.deg(x) end

--- e to the power of `x`.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.exp(x) end

--- Rounds down to a whole number.
---@param x number
---@return integer result
---@nilcrash x
---@fidelity modelled
function math.floor(x) end

--- Natural logarithm.
---@param x number
---@return number result
---@nilcrash x
---@trap It takes no base: divide by the logarithm of the base.
---@fidelity modelled
function math.log(x) end

--- Logarithm to base 10.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.log10(x) end

--- Turns degrees into radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.rad(x) end

--- Sine of an angle in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.sin(x) end

--- Hyperbolic sine.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.sinh(x) end

--- Square root; not-a-number for a negative one.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.sqrt(x) end

--- Tangent of an angle in radians.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.tan(x) end

--- Hyperbolic tangent.
---@param x number
---@return number result
---@nilcrash x
---@fidelity modelled
function math.tanh(x) end

--- Arc tangent of `y / x`, in radians, in the quadrant that their signs tell.
---@param y number
---@param x number
---@return number result
---@nilcrash y, x
---@fidelity modelled
function math.atan2(y, x) end

--- Remainder of `x / y`, with the sign of `x`. The operator `%` has the sign of `y`.
---@param x number
---@param y number
---@return number result Not-a-number when `y` is 0.
---@nilcrash x, y
---@fidelity modelled
function math.fmod(x, y) end

--- `m` times 2 to the power of `e`.
---@param m number
---@param e integer
---@return number result
---@nilcrash m, e
---@fidelity modelled
function math.ldexp(m, e) end

--- `x` to the power of `y`, as `x ^ y`.
---@param x number
---@param y number
---@return number result
---@nilcrash x, y
---@fidelity modelled
function math.pow(x, y) end

--- The former name of `math.fmod`.
---@param x number
---@param y number
---@return number result
---@nilcrash x, y
---@deprecated `math.fmod`
---@fidelity modelled
function math.mod(x, y) end

--- Takes a number apart into a fraction and a power of 2.
---@param x number
---@return number fraction From 0.5 up to 1, or 0, with the sign of `x`.
---@return integer exponent
---@nilcrash x
---@fidelity modelled
function math.frexp(x) end

--- Takes a number apart at the point.
---@param x number
---@return integer whole
---@return number fraction With the sign of `x`.
---@nilcrash x
---@fidelity modelled
function math.modf(x) end

--- Gives the largest of its arguments.
---@param x number
---@param ... number
---@return number result
---@nilcrash x
---@raises an argument is nil or no number
---@fidelity modelled
function math.max(x, ...) end

--- Gives the smallest of its arguments.
---@param x number
---@param ... number
---@return number result
---@nilcrash x
---@raises an argument is nil or no number
---@fidelity modelled
function math.min(x, ...) end

--- Gives a random number: from 0 up to 1 without arguments, else a whole number from `m` (1 when there is one argument)
--- to `n`, both included.
---@param m integer
---@param n integer
---@return integer result
---@overload fun(): number
---@overload fun(n: integer): integer
---@nilcrash m, n
---@raises the range is empty, or there are more than two arguments
---@trap It is C's `rand`: the numbers can be foretold, so they are of no use as secrets.
---@trap Without `math.randomseed` every start of the server gives the same numbers.
---@fidelity modelled
function math.random(m, n) end

--- Sets where the random numbers start: equal seeds give equal numbers.
---@param seed integer
---@nilcrash seed
---@trap It holds for the whole process, all threads and scripts included: seed once, in `init`.
---@fidelity modelled
function math.randomseed(seed) end
