---@meta mathx

--- The mathematics of C99. Requiring it adds the functions to `math` as well, with the numbers `math.infinity` and
--- `math.nan`; there is no global `mathx`. Momentum's pages do not know it.
---@class mathx: math
---@undocumented
---@trap The engine's source has `signbit`, but leaves it out of the module.
local mathx = {}

--- Infinity.
---@type number
---@undocumented
mathx.infinity = nil

--- Not a number.
---@type number
---@undocumented
mathx.nan = nil

--- Inverse hyperbolic cosine.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.acosh(x) end

--- Inverse hyperbolic sine.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.asinh(x) end

--- Inverse hyperbolic tangent.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.atanh(x) end

--- Cube root.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.cbrt(x) end

--- The size of `x` with the sign of `y`.
---@param x number
---@param y number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y
---@fidelity modelled
function mathx.copysign(x, y) end

--- Error function.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.erf(x) end

--- 1 less the error function.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.erfc(x) end

--- 2 to the power of `x`.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.exp2(x) end

--- e to the power of `x`, less 1, exact near 0.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.expm1(x) end

--- `x - y`, or 0 when that is negative.
---@param x number
---@param y number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y
---@fidelity modelled
function mathx.fdim(x, y) end

--- `x * y + z`, rounded once.
---@param x number
---@param y number
---@param z number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y, z
---@fidelity modelled
function mathx.fma(x, y, z) end

--- The greatest of its arguments.
---@param x number
---@param ... number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.fmax(x, ...) end

--- The least of its arguments.
---@param x number
---@param ... number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.fmin(x, ...) end

--- Tells what kind of number `x` is.
---@param x number
---@return "inf"|"nan"|"normal"|"subnormal"|"zero" result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.fpclassify(x) end

--- Gamma function.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.gamma(x) end

--- Length of the hypotenuse over `x` and `y`.
---@param x number
---@param y number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y
---@fidelity modelled
function mathx.hypot(x, y) end

--- Tells whether `x` is neither infinite nor NaN.
---@param x number
---@return boolean result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.isfinite(x) end

--- Tells whether `x` is infinite.
---@param x number
---@return boolean result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.isinf(x) end

--- Tells whether `x` is not a number.
---@param x number
---@return boolean result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.isnan(x) end

--- Tells whether `x` is an ordinary number: not 0, not subnormal, finite.
---@param x number
---@return boolean result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.isnormal(x) end

--- Logarithm of the gamma function's size.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.lgamma(x) end

--- Natural logarithm of `1 + x`, exact near 0.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.log1p(x) end

--- Logarithm to base 2.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.log2(x) end

--- Exponent of `x` to base 2, as a whole number.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.logb(x) end

--- Nearest whole number, halves to the even one.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.nearbyint(x) end

--- Next number after `x` towards `y`.
---@param x number
---@param y number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y
---@fidelity modelled
function mathx.nextafter(x, y) end

--- Remainder of `x / y`, with the quotient rounded to the nearest whole number.
---@param x number
---@param y number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, y
---@fidelity modelled
function mathx.remainder(x, y) end

--- Nearest whole number, halves to the even one.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.rint(x) end

--- Nearest whole number, halves away from 0.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.round(x) end

--- `x` times 2 to the power of `n`.
---@param x number
---@param n integer
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x, n
---@fidelity modelled
function mathx.scalbn(x, n) end

--- `x` without what follows the point.
---@param x number
---@return number result
---@requires mathx
---@undocumented
---@nilcrash x
---@fidelity modelled
function mathx.trunc(x) end
