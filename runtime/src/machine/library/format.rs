//! `string.format`: C's `printf` with whole numbers of 64 bits.

use mlua::{Lua, LuaString, MultiValue};

use super::arguments::Arguments;
use super::number;
use crate::machine::error::raise;
use crate::machine::meter::Meter;

/// What stands between `%` and the letter.
#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// `string.format`
pub(super) fn format(lua: &Lua, values: MultiValue) -> mlua::Result<LuaString> {
    let arguments = Arguments::new(lua, "format", values);
    let template = arguments.string(1)?;
    let template = template.as_bytes();
    let meter = Meter::of(lua);
    let mut result = Vec::with_capacity(template.len() + 32);
    let mut rest: &[u8] = &template;
    let mut index = 1;
    while let Some(at) = memchr::memchr(b'%', rest) {
        let (text, behind) = rest.split_at(at);
        result.extend_from_slice(text);
        rest = behind.get(1..).unwrap_or_default();
        if let Some(behind) = rest.strip_prefix(b"%") {
            result.push(b'%');
            rest = behind;
            continue;
        }
        index += 1;
        if index > arguments.len() {
            return Err(arguments.error(index, "no value"));
        }
        let spec = Spec::read(&mut rest).map_err(|message| raise(lua, message))?;
        let (letter, behind) = rest.split_first().map_or((0, rest), |(letter, behind)| (*letter, behind));
        rest = behind;
        match letter {
            b'c' => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "C cuts to a byte, too"
                )]
                let byte = arguments.integer(index)? as u8;
                // C's string ends at a NUL.
                let text: &[u8] = if byte == 0 { b"" } else { &[byte] };
                spec.pad(text, 0, false, &mut result);
            }
            b'd' | b'i' => spec.signed(arguments.integer(index)?, &mut result),
            b'o' | b'u' | b'x' | b'X' => spec.unsigned(bits(arguments.number(index)?), letter, &mut result),
            b'e' | b'E' | b'f' | b'g' | b'G' => spec.float(arguments.number(index)?, letter, &mut result),
            b'q' => quoted(&arguments.string(index)?.as_bytes(), &mut result),
            b's' => {
                let text = arguments.string(index)?;
                let text = text.as_bytes();
                if spec.precision.is_none() && text.len() >= 100 {
                    result.extend_from_slice(&text);
                } else {
                    let end = memchr::memchr(0, &text).unwrap_or(text.len());
                    let end = spec.precision.map_or(end, |most| end.min(most));
                    spec.pad(text.get(..end).unwrap_or_default(), 0, false, &mut result);
                }
            }
            other => {
                let message = format!("invalid option '%{}' to 'format'", char::from(other));
                return Err(raise(lua, message));
            }
        }
        if let Some(meter) = &meter {
            meter.charge_memory(lua, result.len())?;
        }
    }
    result.extend_from_slice(rest);
    lua.create_string(result)
}

/// As C converts to `unsigned long`: negative numbers are two's complement.
fn bits(number: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    if (9_223_372_036_854_775_808.0..18_446_744_073_709_551_616.0).contains(&number) {
        number as u64
    } else {
        number::truncated(number).cast_unsigned()
    }
}

fn quoted(text: &[u8], result: &mut Vec<u8>) {
    result.push(b'"');
    for &byte in text {
        match byte {
            b'"' | b'\\' | b'\n' => result.extend_from_slice(&[b'\\', byte]),
            b'\r' => result.extend_from_slice(b"\\r"),
            0 => result.extend_from_slice(b"\\000"),
            _ => result.push(byte),
        }
    }
    result.push(b'"');
}

impl Spec {
    /// Reads flags, width and precision.
    fn read(rest: &mut &[u8]) -> Result<Self, &'static str> {
        let mut spec = Self::default();
        let mut flags = 0;
        while let Some((flag, behind)) = rest.split_first().filter(|(flag, _)| b"-+ #0".contains(flag)) {
            flags += 1;
            match flag {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'#' => spec.alternate = true,
                _ => spec.zero = true,
            }
            *rest = behind;
        }
        if flags >= 6 {
            return Err("invalid format (repeated flags)");
        }
        spec.width = digits(rest);
        if let Some(behind) = rest.strip_prefix(b".") {
            *rest = behind;
            spec.precision = Some(digits(rest));
        }
        if rest.first().is_some_and(u8::is_ascii_digit) {
            return Err("invalid format (width or precision too long)");
        }
        Ok(spec)
    }

    /// Adds a text, filled up to the width; `zeros` go in at `sign` bytes from its start.
    fn pad(&self, text: &[u8], sign: usize, zeros: bool, result: &mut Vec<u8>) {
        let fill = self.width.saturating_sub(text.len());
        let (sign, digits) = text.split_at(sign.min(text.len()));
        if self.left {
            result.extend_from_slice(text);
            result.extend(std::iter::repeat_n(b' ', fill));
        } else if zeros {
            result.extend_from_slice(sign);
            result.extend(std::iter::repeat_n(b'0', fill));
            result.extend_from_slice(digits);
        } else {
            result.extend(std::iter::repeat_n(b' ', fill));
            result.extend_from_slice(text);
        }
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.space) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        }
    }

    /// Digits of a whole number, at least as many as the precision wants.
    fn whole(&self, digits: String) -> String {
        match self.precision {
            Some(0) if digits == "0" => String::new(),
            Some(least) => "0".repeat(least.saturating_sub(digits.len())) + &digits,
            None => digits,
        }
    }

    fn signed(&self, number: i64, result: &mut Vec<u8>) {
        let sign = self.sign(number < 0);
        let text = format!("{sign}{}", self.whole(number.unsigned_abs().to_string()));
        self.pad(text.as_bytes(), sign.len(), self.zero && self.precision.is_none(), result);
    }

    fn unsigned(&self, number: u64, letter: u8, result: &mut Vec<u8>) {
        let digits = match letter {
            b'o' => format!("{number:o}"),
            b'x' => format!("{number:x}"),
            b'X' => format!("{number:X}"),
            _ => number.to_string(),
        };
        let digits = self.whole(digits);
        let prefix = match letter {
            b'x' if self.alternate && number != 0 => "0x",
            b'X' if self.alternate && number != 0 => "0X",
            b'o' if self.alternate && !digits.starts_with('0') => "0",
            _ => "",
        };
        let text = format!("{prefix}{digits}");
        self.pad(text.as_bytes(), prefix.len(), self.zero && self.precision.is_none(), result);
    }

    fn float(&self, number: f64, letter: u8, result: &mut Vec<u8>) {
        let sign = self.sign(number.is_sign_negative() && !number.is_nan());
        let precision = self.precision.unwrap_or(6);
        let size = number.abs();
        let mut text = if number.is_nan() {
            "nan".to_owned()
        } else if number.is_infinite() {
            "inf".to_owned()
        } else {
            match letter.to_ascii_lowercase() {
                b'f' => format!("{size:.precision$}"),
                b'e' => scientific(size, precision),
                _ => number::general(size, precision, self.alternate),
            }
        };
        if self.alternate && number.is_finite() && !text.contains('.') {
            let at = text.find('e').unwrap_or(text.len());
            text.insert(at, '.');
        }
        if letter.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        let text = format!("{sign}{text}");
        self.pad(text.as_bytes(), sign.len(), self.zero && number.is_finite(), result);
    }
}

fn scientific(number: f64, precision: usize) -> String {
    let text = format!("{number:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// Two digits at most.
fn digits(rest: &mut &[u8]) -> usize {
    let mut value = 0;
    for _ in 0..2 {
        let Some((digit, behind)) = rest.split_first().filter(|(digit, _)| digit.is_ascii_digit()) else {
            break;
        };
        value = value * 10 + usize::from(digit - b'0');
        *rest = behind;
    }
    value
}

#[cfg(test)]
mod tests {
    use mlua::{Function, Lua, LuaString};

    #[test]
    fn formats_print_as_c_prints_them() {
        let lua = Lua::new();
        let format = lua.create_function(super::format).unwrap();
        lua.globals().set("f", format).unwrap();
        for (call, text) in [
            (r#"f("%d %i", 2^40, -3.9)"#, "1099511627776 -3"),
            (r#"f("%x %X %o %u", -1, 255, 8, 2^40)"#, "ffffffffffffffff FF 10 1099511627776"),
            (r#"f("%5d|%-5d|%05d|%+d|% d", 42, 42, -42, 42, 42)"#, "   42|42   |-0042|+42| 42"),
            (r#"f("%.3d|%8.3d|%#x|%#o", 7, 7, 255, 8)"#, "007|     007|0xff|010"),
            (r#"f("%5.1f|%-8.2f|%08.3f", 1.25, 2.5, -1.5)"#, "  1.2|2.50    |-001.500"),
            (r#"f("%e %E %.0e", 12345.678, 0, 5)"#, "1.234568e+04 0.000000E+00 5e+00"),
            (
                r#"f("%g %g %g %G %.3g %#g", 1e20, 0.0001, 100000, 1e-10, 1234, 1)"#,
                "1e+20 0.0001 100000 1E-10 1.23e+03 1.00000",
            ),
            (r#"f("%f %g", -1/0, 0/0)"#, "-inf nan"),
            (r#"f("%5s|%-5s|%.2s|%c%%", "ab", "ab", "abc", 65)"#, "   ab|ab   |ab|A%"),
            (r#"f("%q", "a\"b\\c\nd\0e\r")"#, "\"a\\\"b\\\\c\\\nd\\000e\\r\""),
            (r#"f("%s", 010)"#, "10"),
            (r#"f("%d", "010")"#, "8"),
        ] {
            let printed: LuaString = lua.load(format!("return {call}")).eval().unwrap();
            assert_eq!(printed.to_string_lossy(), text, "{call}");
        }
        let stock: Function = lua.load("return string.format").eval().unwrap();
        lua.globals().set("stock", stock).unwrap();
        for format in ["%g", "%.3g", "%.10g", "%e", "%.2e", "%f", "%.0f", "%10.4f", "%#.3g", "%+g", "%-12g|"]
        {
            for number in [
                "0",
                "1",
                "0.1",
                "123456",
                "1234567",
                "1e-5",
                "0.00012345",
                "1e300",
                "-2.5",
                "99999.95",
                "0.5",
                "2^53",
            ] {
                let same: bool = lua
                    .load(format!("return f('{format}', {number}) == stock('{format}', {number})"))
                    .eval()
                    .unwrap();
                assert!(same, "{format} {number}");
            }
        }
    }
}
