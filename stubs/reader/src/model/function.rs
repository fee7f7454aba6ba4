//! Functions and methods that Lua sees.

use serde::{Deserialize, Serialize};

use super::{About, Signature, Text};

/// A function or method.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Function {
    /// The name that the documentation uses: `msg:binding`, `msys.pcre.match`.
    pub name: Text,
    /// Class or table that it stands in: `ec_message`, `msys.pcre`; empty for a global.
    pub owner: Text,
    /// The last part of its name: `binding`.
    pub member: Text,
    /// Called with `.` or with `:`.
    pub kind: FunctionKind,
    /// The signature.
    pub signature: Signature,
    /// Further signatures.
    pub overloads: Vec<Signature>,
    /// Modules that must be required first.
    pub requires: Vec<Text>,
    /// Phases of the documentation's summary table, `any` included; empty where nothing is said.
    pub phases: Vec<Text>,
    /// The only callouts and hooks that it may be used in; empty where nothing is said.
    pub callouts: Vec<AllowedIn>,
    /// What `callouts` names is advice: the documentation does not forbid other places.
    pub advised: bool,
    /// Callouts and hooks that the documentation warns against using it in.
    pub never: Vec<Text>,
    /// May give way to other threads.
    pub yields: bool,
    /// Does blocking I/O.
    pub blocking: bool,
    /// Must not run below `pcall` or `xpcall`.
    pub no_pcall: bool,
    /// It changes what it is called on; a use that only reads has a signature of its own among the overloads.
    pub mutates: Option<Mutation>,
    /// When it raises a Lua error.
    pub raises: Vec<Text>,
    /// It takes a name and a table of callouts, and has the server call those.
    pub registers: Option<CalloutTable>,
    /// How the local runtime answers it.
    pub fidelity: Option<Fidelity>,
    /// Description, versions, remarks.
    pub about: About,
}

/// The callouts that a function registers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct CalloutTable {
    /// Only those of that scope; `None`: those of all scopes for which no other function is named.
    pub scope: Option<Text>,
}

impl Function {
    /// The name as Lua code of the stubs spells it: `ec_message:binding`, `msys.pcre.match`, `print`.
    #[must_use]
    pub fn path(&self) -> String {
        if self.owner.is_empty() {
            return self.member.to_string();
        }
        let separator = if self.kind == FunctionKind::Method { ':' } else { '.' };
        format!("{}{separator}{}", self.owner, self.member)
    }

    /// The signature and its overloads.
    pub fn signatures(&self) -> impl Iterator<Item = &Signature> {
        std::iter::once(&self.signature).chain(&self.overloads)
    }

    /// Whether a call with so many arguments changes what the method is called on, and does not only read it.
    #[must_use]
    pub fn mutates_with(&self, arguments: usize) -> bool {
        let reads = |signature: &Signature| signature.most().is_some_and(|most| arguments <= most);
        self.mutates.is_some() && !self.overloads.iter().any(reads)
    }

    /// Whether the phases restrict it at all.
    #[must_use]
    pub fn restricts_phases(&self) -> bool {
        !self.phases.is_empty() && !self.phases.iter().any(|phase| phase == "any")
    }
}

/// How a function is called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FunctionKind {
    /// With `.`.
    #[default]
    Function,
    /// With `:`; the receiver is not among the parameters.
    Method,
}

/// How a method changes what it is called on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Mutation {
    /// The method without which the change has no effect.
    pub completed_by: Option<Text>,
}

/// A callout or hook that something may be used in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AllowedIn {
    /// Name of the callout or hook.
    pub hook: Text,
    /// The use of the function that is limited, where it is not every use: `modify`.
    pub usage: Option<Text>,
    /// The phases that follow count as well.
    pub or_later: bool,
    /// What the documentation adds: `recommended`.
    pub remark: Option<Text>,
}

/// How the local runtime answers a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fidelity {
    /// Does the real work.
    Modelled,
    /// Answers from the session.
    Fixture,
    /// Notes the call and gives the neutral result.
    Recorded,
}

impl std::fmt::Display for AllowedIn {
    /// `modify: validate_data_spool_each_rcpt or later`, `core_final_validation2 (recommended)`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(usage) = &self.usage {
            write!(f, "{usage}: ")?;
        }
        f.write_str(&self.hook)?;
        if self.or_later {
            f.write_str(" or later")?;
        }
        match &self.remark {
            Some(remark) => write!(f, " ({remark})"),
            None => Ok(()),
        }
    }
}
