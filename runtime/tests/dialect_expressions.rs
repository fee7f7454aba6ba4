//! Random expressions of the dialect, lowered and run, against an evaluator written from the rules alone.
//!
//! The evaluator computes while it reads the operators in the order of the dialect's own precedence; the text that is
//! lowered has only the parentheses that were drawn. So a wrong precedence, associativity, conversion or helper differs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "all of it is tests")]

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;

use momentum_lua_runtime::machine::{Grants, Limits, Machine};
use proptest::prelude::*;

/// A value of the evaluator.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Nil,
    Boolean(bool),
    Number(f64),
    Text(String),
}

/// An expression as it is written.
#[derive(Clone, Debug)]
enum Written {
    /// A literal: its text, and what it stands for.
    Literal(&'static str, Value),
    Unary(&'static str, Box<Written>),
    Binary(Box<Written>, &'static str, Box<Written>),
    Parenthesized(Box<Written>),
}

/// Level and whether it is right associative; a higher level binds more tightly.
fn precedence(operator: &str) -> (u8, bool) {
    match operator {
        "^" => (8, true),
        "*" | "/" | "%" | "<<" | ">>" | "\\" => (6, false),
        "+" | "-" | "&" | "|" | "^^" => (5, false),
        ".." => (4, true),
        "==" | "~=" | "!=" | "<" | "<=" | ">" | ">=" => (3, false),
        "and" => (2, false),
        _ => (1, false),
    }
}

const UNARY: u8 = 7;

/// A flat piece of an expression.
#[derive(Clone, Debug)]
enum Piece<'a> {
    Operand(&'a Written),
    Prefix(&'static str),
    Infix(&'static str),
}

fn pieces<'a>(written: &'a Written, into: &mut Vec<Piece<'a>>) {
    match written {
        Written::Unary(operator, operand) => {
            into.push(Piece::Prefix(operator));
            pieces(operand, into);
        }
        Written::Binary(left, operator, right) => {
            pieces(left, into);
            into.push(Piece::Infix(operator));
            pieces(right, into);
        }
        operand => into.push(Piece::Operand(operand)),
    }
}

/// Climbs the precedences over the flat pieces, and computes.
struct Evaluator<'a> {
    pieces: Vec<Piece<'a>>,
    at: usize,
}

/// `None`: an error.
type Result = std::result::Result<Value, ()>;

fn evaluate(written: &Written) -> Result {
    let mut flat = Vec::new();
    pieces(written, &mut flat);
    Evaluator { pieces: flat, at: 0 }.climb(0, true)
}

impl Evaluator<'_> {
    /// With `live` false it only reads: the right side of a short circuit.
    fn climb(&mut self, least: u8, live: bool) -> Result {
        let mut left = match self.pieces[self.at].clone() {
            Piece::Operand(operand) => {
                self.at += 1;
                match operand {
                    _ if !live => Ok(Value::Nil),
                    Written::Literal(_, value) => Ok(value.clone()),
                    Written::Parenthesized(inner) => evaluate(inner),
                    _ => unreachable!("flat"),
                }
            }
            Piece::Prefix(operator) => {
                self.at += 1;
                let operand = self.climb(UNARY, live);
                if live {
                    noted(operand.and_then(|operand| unary(operator, &operand)))
                } else {
                    Ok(Value::Nil)
                }
            }
            Piece::Infix(_) => unreachable!("an operand is due"),
        };
        while let Some(Piece::Infix(operator)) = self.pieces.get(self.at).cloned() {
            let (level, right_associative) = precedence(operator);
            // Operators of a level below the asked one belong to a caller; `^` binds above a prefix.
            if level <= least {
                break;
            }
            self.at += 1;
            let decided = match (operator, &left) {
                ("and", Ok(value)) => !truth(value),
                ("or", Ok(value)) => truth(value),
                _ => false,
            };
            let alive = live && left.is_ok() && !decided;
            let right = self.climb(if right_associative { level - 1 } else { level }, alive);
            if !live || decided || left.is_err() {
                continue;
            }
            left = match (operator, left, right) {
                ("and" | "or", _, right) => right,
                (_, Ok(left), Ok(right)) => noted(binary(operator, &left, &right)),
                _ => Err(()),
            };
        }
        left
    }
}

fn noted(result: Result) -> Result {
    if matches!(result, Ok(Value::Number(number)) if number == 0.0 && number.is_sign_negative()) {
        NEGATIVE_ZERO.set(true);
    }
    result
}

fn truth(value: &Value) -> bool {
    !matches!(value, Value::Nil | Value::Boolean(false))
}

/// What arithmetic takes: a leading zero in a text is octal.
fn number(value: &Value) -> std::result::Result<f64, ()> {
    match value {
        Value::Number(number) => Ok(*number),
        Value::Text(text) => {
            let (sign, digits) = text.strip_prefix('-').map_or((1.0, text.as_str()), |digits| (-1.0, digits));
            if let Some(digits) =
                digits.strip_prefix('0').filter(|rest| !rest.is_empty() && !rest.starts_with('.'))
            {
                let (digits, radix) = digits.strip_prefix('x').map_or((digits, 8), |digits| (digits, 16));
                return i64::from_str_radix(digits, radix)
                    .ok()
                    .filter(|_| !digits.starts_with(['-', '+']))
                    .map(|value| sign * value as f64)
                    .ok_or(());
            }
            text.parse().map_err(|_| ())
        }
        _ => Err(()),
    }
}

/// To 64 bits, towards zero; outside it is the smallest.
fn bits(value: &Value) -> std::result::Result<i64, ()> {
    let number = number(value)?;
    let fits = (-9.223_372_036_854_776e18..9.223_372_036_854_776e18).contains(&number);
    Ok(if fits { number as i64 } else { i64::MIN })
}

fn text(value: &Value) -> std::result::Result<String, ()> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(number) => {
            let written = format!("{number}");
            // How other numbers print is tested elsewhere.
            let tiny = *number != 0.0 && number.abs() < 1e-4;
            if !number.is_finite() || tiny || number.abs() >= 1e14 || written.len() > 12 {
                UNKNOWN.set(true);
            }
            Ok(written)
        }
        _ => Err(()),
    }
}

fn unary(operator: &str, operand: &Value) -> Result {
    Ok(match operator {
        "-" => Value::Number(-number(operand)?),
        "~" => Value::Number(!bits(operand)? as f64),
        "#" => match operand {
            Value::Text(text) => Value::Number(text.len() as f64),
            _ => return Err(()),
        },
        _ => Value::Boolean(!truth(operand)),
    })
}

fn binary(operator: &str, left: &Value, right: &Value) -> Result {
    let compare = |ordering: fn(std::cmp::Ordering) -> bool| match (left, right) {
        (Value::Number(a), Value::Number(b)) => Ok(Value::Boolean(a.partial_cmp(b).is_some_and(ordering))),
        (Value::Text(a), Value::Text(b)) => Ok(Value::Boolean(ordering(a.as_bytes().cmp(b.as_bytes())))),
        _ => Err(()),
    };
    let shift = |by: i64| (by & 63) as u32;
    Ok(match operator {
        "+" => Value::Number(number(left)? + number(right)?),
        "-" => Value::Number(number(left)? - number(right)?),
        "*" => Value::Number(number(left)? * number(right)?),
        "/" => Value::Number(number(left)? / number(right)?),
        "%" => {
            let (a, b) = (number(left)?, number(right)?);
            Value::Number(a - (a / b).floor() * b)
        }
        "^" => Value::Number(number(left)?.powf(number(right)?)),
        "\\" => match (left, right) {
            (Value::Number(a), Value::Number(b)) => Value::Number((a / b).floor()),
            _ => Value::Number(number(left)? / number(right)?),
        },
        "&" => Value::Number((bits(left)? & bits(right)?) as f64),
        "|" => Value::Number((bits(left)? | bits(right)?) as f64),
        "^^" => Value::Number((bits(left)? ^ bits(right)?) as f64),
        "<<" => Value::Number((((bits(left)? as u64) << shift(bits(right)?)) as i64) as f64),
        ">>" => Value::Number((bits(left)? >> shift(bits(right)?)) as f64),
        ".." => Value::Text(text(left)? + &text(right)?),
        "==" => Value::Boolean(left == right),
        "~=" | "!=" => Value::Boolean(left != right),
        "<" => return compare(std::cmp::Ordering::is_lt),
        "<=" => return compare(std::cmp::Ordering::is_le),
        ">" => return compare(std::cmp::Ordering::is_gt),
        ">=" => return compare(std::cmp::Ordering::is_ge),
        _ => unreachable!("{operator}"),
    })
}

fn written() -> impl Strategy<Value = Written> {
    let literals: Vec<(&'static str, Value)> = vec![
        ("0", Value::Number(0.0)),
        ("1", Value::Number(1.0)),
        ("2", Value::Number(2.0)),
        ("3", Value::Number(3.0)),
        ("7.5", Value::Number(7.5)),
        ("64", Value::Number(64.0)),
        ("0660", Value::Number(432.0)),
        ("0xFF", Value::Number(255.0)),
        ("1e10", Value::Number(1e10)),
        ("0xFFFFFFFFFFFFFFFF", Value::Number(9_223_372_036_854_775_807.0)),
        ("\"010\"", Value::Text("010".into())),
        ("\"0x1F\"", Value::Text("0x1F".into())),
        ("\"7\"", Value::Text("7".into())),
        ("'2.5'", Value::Text("2.5".into())),
        ("'-3'", Value::Text("-3".into())),
        ("\"08\"", Value::Text("08".into())),
        ("\"\\x61b\"", Value::Text("ab".into())),
        ("\"\\u00a3\"", Value::Text("£".into())),
        ("nil", Value::Nil),
        ("true", Value::Boolean(true)),
        ("false", Value::Boolean(false)),
    ];
    let literal = proptest::sample::select(literals).prop_map(|(text, value)| Written::Literal(text, value));
    let binary = proptest::sample::select(vec![
        "+", "-", "*", "/", "%", "^", "\\", "&", "|", "^^", "<<", ">>", "..", "==", "~=", "!=", "<", "<=",
        ">", ">=", "and", "or", "&", "|", "^^", "<<", ">>", "+", "-",
    ]);
    let unary = proptest::sample::select(vec!["-", "~", "not", "!", "#"]);
    literal.prop_recursive(5, 24, 2, move |inner| {
        prop_oneof![
            4 => (inner.clone(), binary.clone(), inner.clone())
                .prop_map(|(left, operator, right)| Written::Binary(Box::new(left), operator, Box::new(right))),
            1 => (unary.clone(), inner.clone()).prop_map(|(operator, operand)| Written::Unary(operator, Box::new(operand))),
            1 => inner.prop_map(|inner| Written::Parenthesized(Box::new(inner))),
        ]
    })
}

/// The text. With `hidden` the literals are results of a call, so that nothing is known of them before they run.
fn source(written: &Written, hidden: bool, into: &mut String) {
    match written {
        Written::Literal(text, _) if hidden => {
            let _ = write!(into, "v({text})");
        }
        Written::Literal(text, _) => into.push_str(text),
        Written::Unary(operator, operand) => {
            let _ = write!(into, "{operator} ");
            source(operand, hidden, into);
        }
        Written::Binary(left, operator, right) => {
            source(left, hidden, into);
            let _ = write!(into, " {operator} ");
            source(right, hidden, into);
        }
        Written::Parenthesized(inner) => {
            into.push('(');
            source(inner, hidden, into);
            into.push(')');
        }
    }
}

/// Whether `~` stands right before a literal that crashes the compiler.
fn crashes(written: &Written) -> bool {
    let mut flat = Vec::new();
    pieces(written, &mut flat);
    fn literal(written: &Written) -> bool {
        match written {
            Written::Literal(_, value) => matches!(value, Value::Nil | Value::Boolean(_)),
            Written::Parenthesized(inner) => literal(inner),
            _ => false,
        }
    }
    let inside = flat.iter().any(|piece| match piece {
        Piece::Operand(Written::Parenthesized(inner)) => crashes(inner),
        _ => false,
    });
    inside
        || flat
            .windows(2)
            .any(|pair| matches!(pair, [Piece::Prefix("~"), Piece::Operand(operand)] if literal(operand)))
}

/// Whether a zero is written beside something that may make a negative one. Lua 5.1 keeps one constant for both in a
/// function, so what its compiler computes beforehand may come out with the other's sign.
fn mixes_zeros(written: &Written) -> bool {
    fn any(written: &Written, test: &dyn Fn(&Written) -> bool) -> bool {
        test(written)
            || match written {
                Written::Literal(..) => false,
                Written::Unary(_, inner) | Written::Parenthesized(inner) => any(inner, test),
                Written::Binary(left, _, right) => any(left, test) || any(right, test),
            }
    }
    any(written, &|written| matches!(written, Written::Literal("0", _)))
        && any(written, &|written| {
            matches!(written, Written::Unary("-", _) | Written::Binary(_, "*" | "/" | "%" | "\\", _))
        })
}

thread_local! {
    /// The evaluator computed a negative zero.
    static NEGATIVE_ZERO: Cell<bool> = const { Cell::new(false) };
    /// The evaluator met something that it does not know.
    static UNKNOWN: Cell<bool> = const { Cell::new(false) };
    static MACHINE: RefCell<Machine> =
        RefCell::new(Machine::new(Limits::default(), Grants::default(), ()).unwrap());
}

fn run(text: &str) -> Result {
    MACHINE.with_borrow(|machine| {
        machine.begin();
        let main =
            machine.load("expression.lua", text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let values = machine.call(&main, ()).map_err(|_| ())?;
        Ok(match values.iter().next() {
            Some(mlua::Value::Boolean(value)) => Value::Boolean(*value),
            Some(mlua::Value::Integer(value)) => Value::Number(*value as f64),
            Some(mlua::Value::Number(value)) => Value::Number(*value),
            Some(mlua::Value::String(value)) => Value::Text(value.to_string_lossy()),
            _ => Value::Nil,
        })
    })
}

fn same(a: &Result, b: &Result) -> bool {
    match (a, b) {
        (Ok(Value::Number(a)), Ok(Value::Number(b))) => a == b || a.is_nan() && b.is_nan(),
        _ => a == b,
    }
}

use momentum_lua_runtime::mlua;

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions_give_what_the_rules_say(written in written()) {
        prop_assume!(!crashes(&written));
        UNKNOWN.set(false);
        NEGATIVE_ZERO.set(false);
        let expected = evaluate(&written);
        prop_assume!(!UNKNOWN.get());
        let (mut text, mut hidden) = (String::new(), String::new());
        source(&written, false, &mut text);
        source(&written, true, &mut hidden);
        let mut scripts = vec![format!("local function v(x) return x end return {hidden}")];
        if !mixes_zeros(&written) && !NEGATIVE_ZERO.get() {
            scripts.push(format!("return {text}"));
            scripts.push(format!("return\n{}", text.replace(' ', "\n")));
        }
        for script in scripts {
            let given = run(&script);
            prop_assert!(same(&given, &expected), "{script}: {given:?}, not {expected:?}");
        }
    }
}
