//! `mathx`: the mathematics of C99, which become functions of `math` as well.

use mlua::{Lua, Table, Value, Variadic};

use super::Registry;

type OfOne = fn(f64) -> f64;
type OfTwo = fn(f64, f64) -> f64;
type Test = fn(f64) -> bool;

/// Functions by their documented names.
type Named<F> = (&'static str, F);

const OF_ONE: &[Named<OfOne>] = &[
    ("mathx.acosh", libm::acosh),
    ("mathx.asinh", libm::asinh),
    ("mathx.atanh", libm::atanh),
    ("mathx.cbrt", libm::cbrt),
    ("mathx.erf", libm::erf),
    ("mathx.erfc", libm::erfc),
    ("mathx.exp2", libm::exp2),
    ("mathx.expm1", libm::expm1),
    ("mathx.gamma", libm::tgamma),
    ("mathx.lgamma", libm::lgamma),
    ("mathx.log1p", libm::log1p),
    ("mathx.log2", libm::log2),
    ("mathx.logb", logb),
    ("mathx.nearbyint", libm::rint),
    ("mathx.rint", libm::rint),
    ("mathx.round", libm::round),
    ("mathx.trunc", libm::trunc),
];

const OF_TWO: &[Named<OfTwo>] = &[
    ("mathx.copysign", libm::copysign),
    ("mathx.fdim", libm::fdim),
    ("mathx.hypot", libm::hypot),
    ("mathx.nextafter", libm::nextafter),
    ("mathx.remainder", libm::remainder),
];

const TESTS: &[Named<Test>] = &[
    ("mathx.isfinite", f64::is_finite),
    ("mathx.isinf", f64::is_infinite),
    ("mathx.isnan", f64::is_nan),
    ("mathx.isnormal", f64::is_normal),
];

pub(super) fn register(api: &mut Registry) {
    for (name, function) in OF_ONE {
        api.function(name, move |_, x: f64| Ok(function(x)));
    }
    for (name, function) in OF_TWO {
        api.function(name, move |_, (x, y): (f64, f64)| Ok(function(x, y)));
    }
    for (name, test) in TESTS {
        api.function(name, move |_, x: f64| Ok(test(x)));
    }
    api.function("mathx.fma", |_, (x, y, z): (f64, f64, f64)| Ok(libm::fma(x, y, z)));
    api.function("mathx.scalbn", |_, (x, n): (f64, f64)| Ok(libm::scalbn(x, n as i32)));
    api.function("mathx.fmax", |_, (x, more): (f64, Variadic<f64>)| {
        Ok(more.iter().copied().fold(x, libm::fmax))
    });
    api.function("mathx.fmin", |_, (x, more): (f64, Variadic<f64>)| {
        Ok(more.iter().copied().fold(x, libm::fmin))
    });
    api.function("mathx.fpclassify", |_, x: f64| {
        Ok(match x.classify() {
            std::num::FpCategory::Infinite => "inf",
            std::num::FpCategory::Nan => "nan",
            std::num::FpCategory::Normal => "normal",
            std::num::FpCategory::Subnormal => "subnormal",
            std::num::FpCategory::Zero => "zero",
        })
    });
    api.required("mathx", spread);
}

/// The exponent, as a number.
fn logb(x: f64) -> f64 {
    match x.classify() {
        std::num::FpCategory::Zero => f64::NEG_INFINITY,
        std::num::FpCategory::Infinite => f64::INFINITY,
        std::num::FpCategory::Nan => x,
        _ => f64::from(libm::ilogb(x)),
    }
}

/// `require("mathx")` puts everything into `math`, too.
fn spread(lua: &Lua, mathx: &Table) -> mlua::Result<()> {
    let math: Table = lua.globals().get("math")?;
    for (name, value) in [("infinity", f64::INFINITY), ("nan", f64::NAN)] {
        mathx.raw_set(name, value)?;
        math.raw_set(name, value)?;
    }
    let names = OF_ONE.iter().map(|(name, _)| *name);
    let names = names.chain(OF_TWO.iter().map(|(name, _)| *name)).chain(TESTS.iter().map(|(name, _)| *name));
    for name in names.chain(["mathx.fma", "mathx.scalbn", "mathx.fmax", "mathx.fmin", "mathx.fpclassify"]) {
        let name = name.rsplit('.').next().unwrap_or_default();
        math.raw_set(name, mathx.get::<Value>(name)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn the_functions_compute() {
        let said: String = state().eval(
            "local m = require('mathx')\n\
             local function r(x) return string.format('%.4f', x) end\n\
             return table.concat({ r(m.cbrt(27)), r(m.gamma(5)), r(m.lgamma(5)), r(m.erf(1)), r(m.hypot(3, 4)), r(m.log2(8)), \
                r(m.remainder(7, 4)), r(m.scalbn(1, 10)), r(m.logb(10)), r(m.fmax(1, 3, 2)), r(m.fmin(1)), r(m.round(2.5)), r(m.rint(2.5)), m.fpclassify(0), \
                tostring(m.isnan(m.nan)), tostring(m.infinity) }, ' ')",
        );
        assert_eq!(
            said,
            "3.0000 24.0000 3.1781 0.8427 5.0000 3.0000 -1.0000 1024.0000 3.0000 3.0000 1.0000 3.0000 2.0000 zero true inf"
        );
    }

    #[test]
    fn math_has_them_once_the_module_is_required() {
        let state = state();
        assert!(state.eval::<bool>("return math.cbrt == nil"));
        assert!(state.eval::<bool>("require('mathx')\n return math.cbrt(8) == 2 and math.infinity > 1e308"));
        let error = state.error("require('mathx').cbrt('x')");
        assert!(error.contains("bad argument #1 to 'cbrt' (number expected"), "{error}");
    }
}
