//! Numbers and their texts, by the engine's rules.

use mlua::{Lua, MultiValue, Value};

use super::arguments::Arguments;

/// The number that a value is, if it is one.
pub(in crate::machine) fn of_value(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles; this one came from one")]
        Value::Integer(number) => Some(*number as f64),
        _ => None,
    }
}

/// The number that a value is or reads as.
pub(in crate::machine) fn coerced(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => read(&text.as_bytes()),
        _ => of_value(value),
    }
}

/// Towards zero to 64 bits; what does not fit is the smallest number, as on the engine's machines.
pub(in crate::machine) fn truncated(number: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if (-LIMIT..LIMIT).contains(&number) { number as i64 } else { i64::MIN }
}

/// The number that a text stands for, in arithmetic and for `tonumber`.
///
/// Observed: `"010"` is 8, `"-010"` is -8, `"08"`, `"0e1"` and `"00.5"` are no numbers, `"0x10"` is 16, `" 010 "` is 10.
/// So a leading zero decides only in front, behind a sign at most. All other texts go the way of C's `strtod`.
pub(in crate::machine) fn read(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if let [b'0', rest @ ..] = digits
        && rest.first().is_some_and(|next| *next != b'.' && !is_space(*next))
    {
        let (digits, radix) = match rest {
            [b'x' | b'X', digits @ ..] => (digits, 16),
            _ => (rest, 8),
        };
        let value = whole(trim_end(digits), radix, negative)?;
        #[expect(clippy::cast_precision_loss, reason = "the engine's numbers are doubles")]
        return Some(value as f64);
    }
    decimal(trim(text))
}

/// Digits in a radix, saturating; `None` if there is none, or something else.
fn whole(digits: &[u8], radix: u32, negative: bool) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for &digit in digits {
        let digit = i64::from(char::from(digit).to_digit(radix)?);
        let digit = if negative { -digit } else { digit };
        let limit = if negative { i64::MIN } else { i64::MAX };
        value = value.checked_mul(i64::from(radix)).and_then(|v| v.checked_add(digit)).unwrap_or(limit);
    }
    Some(value)
}

/// What C's `strtod` reads: decimal, hexadecimal, `inf`, `nan`.
fn decimal(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(digits) = unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        let mut value = 0.0;
        for digit in digits.chars() {
            value = value * 16.0 + f64::from(digit.to_digit(16)?);
        }
        return (!digits.is_empty()).then_some(if text.starts_with('-') { -value } else { value });
    }
    text.parse().ok()
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn trim_end(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}

fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !is_space(*byte)).unwrap_or(text.len());
    trim_end(text.get(start..).unwrap_or_default())
}

/// The text of a number: C's `%.14g`, with `inf` (whatever its sign) and `nan`, as observed.
pub(in crate::machine) fn to_text(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return "inf".to_owned();
    }
    general(number, 14, false)
}

/// C's `%.{precision}g` of a finite number; `keep_zeros` is its flag `#`.
pub(in crate::machine) fn general(number: f64, precision: usize, keep_zeros: bool) -> String {
    let precision = precision.max(1);
    let scientific = format!("{number:.*e}", precision - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let places = i32::try_from(precision).unwrap_or(i32::MAX);
    let without_zeros = |text: &str| {
        if keep_zeros || !text.contains('.') {
            return text.to_owned();
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if exponent < -4 || exponent >= places {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", without_zeros(mantissa), exponent.unsigned_abs());
    }
    let decimals = usize::try_from(places - 1 - exponent).unwrap_or(0);
    without_zeros(&format!("{number:.decimals$}"))
}

/// Puts `tonumber` in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    lua.globals().set("tonumber", lua.create_function(tonumber)?)
}

fn tonumber(lua: &Lua, values: MultiValue) -> mlua::Result<Option<f64>> {
    let arguments = Arguments::new(lua, "tonumber", values);
    let base = arguments.integer_or(2, 10)?;
    if base == 10 {
        return match arguments.get(1) {
            Some(value) => Ok(coerced(value)),
            None => Err(arguments.error(1, "value expected")),
        };
    }
    let Some(radix) = u32::try_from(base).ok().filter(|radix| (2..=36).contains(radix)) else {
        return Err(arguments.error(2, "base out of range"));
    };
    let text = arguments.string(1)?;
    Ok(in_base(&text.as_bytes(), radix))
}

/// What C's `strtoul` reads in a radix, all of the text but white space around it.
fn in_base(text: &[u8], radix: u32) -> Option<f64> {
    let text = trim(text);
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let digits = match digits {
        [b'0', b'x' | b'X', rest @ ..] if radix == 16 && !rest.is_empty() => rest,
        _ => digits,
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: u64 = 0;
    for &digit in digits {
        let digit = u64::from(char::from(digit).to_digit(radix)?);
        value = value.checked_mul(u64::from(radix)).and_then(|v| v.checked_add(digit)).unwrap_or(u64::MAX);
    }
    #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles")]
    Some(if negative { value.wrapping_neg() as f64 } else { value as f64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_as_the_engine_reads_them() {
        let cases: [(&str, Option<f64>); 19] = [
            ("010", Some(8.0)),
            ("0x10", Some(16.0)),
            ("08", None),
            ("-010", Some(-8.0)),
            (" 010 ", Some(10.0)),
            ("0.5", Some(0.5)),
            ("0e1", None),
            ("-0x10", Some(-16.0)),
            ("00.5", None),
            ("0", Some(0.0)),
            ("0 ", Some(0.0)),
            ("", None),
            (" ", None),
            ("1e3", Some(1000.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            (" 0x1f ", Some(31.0)),
            ("1 2", None),
            ("0x", None),
        ];
        for (text, number) in cases {
            assert_eq!(read(text.as_bytes()), number, "{text:?}");
        }
    }

    #[test]
    fn numbers_print_as_c_prints_them() {
        for (number, text) in [
            (1e15, "1e+15"),
            (123_456_789_012_345_678.0, "1.2345678901235e+17"),
            (0.1, "0.1"),
            (1e100, "1e+100"),
            (-0.0, "-0"),
            (100_000.0, "100000"),
            (1e14, "1e+14"),
            (99_999_999_999_999.0, "99999999999999"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "inf"),
        ] {
            assert_eq!(to_text(number), text);
        }
        assert_eq!(general(1.0, 3, true), "1.00");
    }
}
