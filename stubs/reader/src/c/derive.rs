//! What Lua sees of a declaration in C.
//!
//! The rule: a leading `void *closure` is not passed; a non-const `char *` followed by an `int` that is its length
//! becomes one `ec_string`; any other `char *` is a string; integers and floating types are numbers; a pointer to a known
//! struct is its class; anything else is opaque userdata.

use rustc_hash::FxHashSet;

use super::syntax::{CType, Parameter, Prototype};
use crate::model::{Param, Text, Type};

/// Names of structs and classes, which values of C become.
#[derive(Debug, Default)]
pub(crate) struct KnownTypes {
    pub(crate) classes: FxHashSet<Text>,
}

/// Types that are integers although C does not say so by a keyword.
const INTEGERS: &[&str] = &[
    "size_t",
    "ssize_t",
    "off_t",
    "time_t",
    "pid_t",
    "int8_t",
    "int16_t",
    "int32_t",
    "int64_t",
    "uint8_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "u_int8_t",
    "u_int16_t",
    "u_int32_t",
    "u_int64_t",
    "ec_binding_slot",
    "ec_atomic_t",
    "ec_atomic64_t",
];

/// Words of which C's own integers are made.
const INTEGER_WORDS: &[&str] = &["char", "int", "long", "short", "signed", "unsigned"];

impl KnownTypes {
    /// The Lua type of a value.
    pub(crate) fn value(&self, ty: &CType) -> Type {
        if ty.function.is_some() {
            return Type::Userdata;
        }
        if ty.base == "char" {
            match (ty.pointers, &ty.array) {
                (1, None) | (0, Some(_)) => return Type::String,
                (0, None) => return Type::Integer,
                _ => return Type::Userdata,
            }
        }
        if ty.pointers == 0 {
            let one = if ty.tagged == Some("enum") || is_integer(&ty.base) {
                Type::Integer
            } else if matches!(ty.base.as_str(), "float" | "double" | "long double") {
                Type::Number
            } else {
                self.class(&ty.base)
            };
            return if ty.array.is_some() { Type::Array(one.into()) } else { one };
        }
        if ty.pointers == 1 && ty.array.is_none() { self.class(&ty.base) } else { Type::Userdata }
    }

    fn class(&self, base: &Text) -> Type {
        if self.classes.contains(base) { Type::Named(base.clone()) } else { Type::Userdata }
    }

    /// The parameters that Lua passes, or gets in a hook. `keep` names integers that are no lengths, `out` parameters that
    /// are results.
    pub(crate) fn params(&self, prototype: &Prototype, keep: &[Text], out: &[Text]) -> Vec<Param> {
        let mut params = Vec::new();
        let mut rest = prototype.params.as_slice();
        if let [first, behind @ ..] = rest
            && first.name == "closure"
            && first.ty.base == "void"
            && first.ty.pointers == 1
        {
            rest = behind;
        }
        while let [first, behind @ ..] = rest {
            rest = behind;
            if out.contains(&first.name) {
                continue;
            }
            if let [length, behind @ ..] = rest
                && is_buffer(first)
                && is_length(length)
                && !keep.contains(&length.name)
            {
                rest = behind;
                params.push(Param::new(first.name.clone(), Type::Named(Text::from_static("ec_string"))));
                continue;
            }
            let variadic = first.name == "...";
            let ty = if variadic { Type::Any } else { self.value(&first.ty) };
            params.push(Param { variadic, ..Param::new(first.name.clone(), ty) });
        }
        params
    }

    /// The type of a result that is passed through a pointer.
    pub(crate) fn pointed_at(&self, ty: &CType) -> Type {
        let inner = CType { pointers: ty.pointers.saturating_sub(1), ..ty.clone() };
        self.value(&inner)
    }
}

fn is_integer(base: &str) -> bool {
    INTEGERS.contains(&base) || base.split(' ').all(|word| INTEGER_WORDS.contains(&word))
}

fn is_buffer(param: &Parameter) -> bool {
    let ty = &param.ty;
    ty.base == "char" && ty.pointers == 1 && !ty.constant && ty.array.is_none() && ty.function.is_none()
}

fn is_length(param: &Parameter) -> bool {
    let ty = &param.ty;
    ty.base == "int" && ty.pointers == 0 && ty.array.is_none() && ty.function.is_none()
}

#[cfg(test)]
mod tests {
    use super::super::syntax::{Declaration, parse};
    use super::*;

    fn prototype(text: &str) -> Prototype {
        match parse(text).0.pop().map(|item| item.declaration) {
            Some(Declaration::Function(prototype)) => prototype,
            other => panic!("{other:?}"),
        }
    }

    fn derived(text: &str, keep: &[&str], out: &[&str]) -> String {
        let known = KnownTypes { classes: ["ec_message", "ec_string"].into_iter().map(Text::from).collect() };
        let texts = |names: &[&str]| names.iter().map(|name| Text::from(*name)).collect::<Vec<_>>();
        let params = known.params(&prototype(text), &texts(keep), &texts(out));
        params.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_closure_is_not_passed() {
        assert_eq!(derived("int f(void *closure, ec_message *msg);", &[], &[]), "msg: ec_message");
        assert_eq!(derived("int f(void *closure, void *cclosure);", &[], &[]), "cclosure: userdata");
        assert_eq!(
            derived("int f(ec_message *msg, void *closure);", &[], &[]),
            "msg: ec_message, closure: userdata"
        );
        assert_eq!(derived("int f(ec_message *closure);", &[], &[]), "closure: ec_message");
    }

    #[test]
    fn a_buffer_and_its_length_are_one_string() {
        assert_eq!(derived("int f(char *buff, int len);", &[], &[]), "buff: ec_string");
        assert_eq!(
            derived("int f(const char *note, int note_len);", &[], &[]),
            "note: string, note_len: integer"
        );
        assert_eq!(derived("int f(char *group, int type);", &["type"], &[]), "group: string, type: integer");
        assert_eq!(derived("int f(char *a, int *b);", &[], &[]), "a: string, b: userdata");
        assert_eq!(derived("int f(unsigned char *a, int b);", &[], &[]), "a: userdata, b: integer");
        assert_eq!(derived("int f(char *a, size_t b);", &[], &[]), "a: string, b: integer");
        assert_eq!(
            derived("int f(char *a, int al, char *b, int bl);", &[], &[]),
            "a: ec_string, b: ec_string"
        );
    }

    #[test]
    fn the_rest_is_numbers_classes_and_opaque_values() {
        assert_eq!(
            derived(
                "int f(unsigned a, double b, struct other *c, ec_message **d, u_int32_t e, enum x g, time_t *h);",
                &[],
                &[]
            ),
            "a: integer, b: number, c: userdata, d: userdata, e: integer, g: integer, h: userdata"
        );
        assert_eq!(derived("int f(int (*cb)(int), ...);", &[], &[]), "cb: userdata, ...: any");
        assert_eq!(
            derived("int f(const ec_message *m, ec_message n);", &[], &[]),
            "m: ec_message, n: ec_message"
        );
    }

    #[test]
    fn out_parameters_are_results() {
        assert_eq!(derived("int f(ec_message *m, const char **value);", &[], &["value"]), "m: ec_message");
        let known = KnownTypes::default();
        let f = prototype("int f(const char **value, int *n);");
        assert_eq!(known.pointed_at(&f.params[0].ty), Type::String);
        assert_eq!(known.pointed_at(&f.params[1].ty), Type::Integer);
    }
}
