//! The rules of the linter, one file each.
//!
//! A rule's file opens with its documentation (what it does, why it matters, an example that is executed as a test,
//! the fix), then comes `RULE`, then `check`, then its tests. It is made known by one line in the list below; the
//! reference, `explain`, the schema of the configuration and the links of editors follow from that.

pub(crate) mod call_path;
mod decisions;
pub mod documentation;
#[cfg(test)]
pub(crate) mod fixture;
mod frame;
mod known;
pub(crate) mod origins;
pub mod reference;
pub(crate) mod spelling;
pub(crate) mod suppression;

pub use frame::{Builder, Check, Fixable, Report, Rule, RuleEntry};
pub use known::known;

/// The check of a rule by what it looks at: `check`, and where that is both, `check_configuration`.
macro_rules! check_of {
    (Both $family:ident $name:ident) => {
        Check::Both($family::$name::check, $family::$name::check_configuration)
    };
    ($kind:ident $family:ident $name:ident) => {
        Check::$kind($family::$name::check)
    };
}

/// Declares the modules of the rules and the list of them. What the rules of a family share stands in modules that are
/// named in parentheses behind the family: `registration(parameters) { … }`.
macro_rules! rules {
    ($($family:ident $(($($shared:ident),+))? { $($kind:ident $name:ident,)* })*) => {
        $(
            pub(crate) mod $family {
                //! See the list in the parent module.
                $($(pub(crate) mod $shared;)+)?
                $(pub(crate) mod $name;)*
            }
        )*

        /// Every rule, family by family.
        pub static ALL: &[RuleEntry] = &[
            $($(
                RuleEntry {
                    rule: &$family::$name::RULE,
                    family: stringify!($family),
                    check: check_of!($kind $family $name),
                    documentation: {
                        const SOURCE: &str = include_str!(concat!(stringify!($family), "/", stringify!($name), ".rs"));
                        const LENGTH: usize = documentation::length(SOURCE);
                        static TEXT: [u8; LENGTH] = documentation::head(SOURCE);
                        &TEXT
                    },
                },
            )*)*
        ];
    };
}

rules! {
    basics {
        Script syntax,
        Script unused_suppression,
    }
    lua {
        Script almost_swapped,
        Script bad_string_escape,
        Script compare_nan,
        Script constant_table_comparison,
        Script divide_by_zero,
        Script duplicate_keys,
        Script empty_if,
        Script empty_loop,
        Script high_cyclomatic_complexity,
        Script if_same_then_else,
        Script ifs_same_cond,
        Script mismatched_arg_count,
        Script mixed_table,
        Script multiple_statements,
        Script must_use,
        Script parenthese_conditions,
        Script shadowing,
        Script suspicious_reverse_loop,
        Script type_check_inside_call,
        Script unbalanced_assignments,
        Script unused_variable,
    }
    names(cause, declaration, number_use, usage) {
        Script crash_risk,
        Script global_write,
        Script octal_literal,
        Script undefined_global,
    }
    registration(callouts, destinations, families, loading, parameters, start_and_stop) {
        Script unregistered_module,
        Script registered_no_callouts,
        Script unknown_callout,
        Script duplicate_callout,
        Script callout_parameters,
        Script callout_self,
        Script init_return,
        Script deinit_return,
        Configuration script_name_mismatch,
        Configuration script_source,
        Configuration scriptlet_instance,
        Configuration scriptlet_alerting,
        Configuration scriptlet_option,
    }
    availability(decided, loaded, needed, place, placement) {
        Script missing_require,
        Script companion_require,
        Script missing_core,
        Script unknown_api,
        Script deprecated_api,
        Script unavailable_api,
        Script phase,
        Script http_injection,
    }
    calls(arguments, conditions, following, nil, reply, values) {
        Script method_call,
        Script argument_count,
        Script argument_type,
        Script argument_value,
        Script nil_argument,
        Script unchecked_result,
        Script header_table,
        Script numeric_truth,
        Script smtp_reply,
        Script context_nil,
        Script context_dictionary,
        Script ec_string_compare,
        Script ec_string_assign,
        Script c_array_index,
        Script match_result,
        Script mime_readonly,
        Script request_finalize,
    }
    returns(decisions, rejection, results) {
        Script callout_return_missing,
        Script callout_return_value,
        Script hook_return_ignored,
        Script reject_then_continue,
    }
    texts(context_reads, foreign, lua_patterns, passed, placeholders) {
        Script regex,
        Script lua_pattern,
        Script sql_placeholders,
        Script macros,
    }
    adaptive(findings, sweep) {
        Both adaptive_rule,
        Script adaptive_alias,
        Script adaptive_replace,
        Script adaptive_phase,
    }
    threads(callers, locks, yielding) {
        Script async_result,
        Script blocking_call,
        Script lock_across_yield,
        Script pcall_yield,
        Script shared_state,
        Script timer_lost,
    }
}

/// The rule with that code.
#[must_use]
pub fn find(code: &str) -> Option<&'static RuleEntry> {
    ALL.iter().find(|entry| entry.rule.code == code)
}
