//! What was executed of which script, over many runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::lowering::BranchKind;
use crate::machine::Covered;
use crate::report::Report;

/// What was executed of each script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// The version of this form, 1.
    pub version: u32,
    /// The scripts by their files, relative to the working directory where they lie below it. Scripts that nothing loaded
    /// are not among them.
    pub scripts: BTreeMap<String, ScriptCoverage>,
}

/// What was executed of a script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScriptCoverage {
    /// The lines on which statements begin.
    pub lines: Vec<LineCoverage>,
    /// The conditions, in the order of the text.
    pub branches: Vec<BranchCoverage>,
    /// The callouts and hooks that the script registered.
    pub callouts: Vec<CalloutCoverage>,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineCoverage {
    /// Its number, from 1.
    pub line: u32,
    /// How often its first statement was executed.
    pub count: u64,
}

/// A condition: each of its two ways is a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BranchCoverage {
    /// Its line, from 1.
    pub line: u32,
    /// What it decides.
    pub kind: BranchKind,
    /// How often it was true.
    pub yes: u64,
    /// How often it was not.
    pub no: u64,
}

/// A callout or hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalloutCoverage {
    /// Its name.
    pub name: String,
    /// The module that it belongs to.
    pub module: String,
    /// How often it ran.
    pub count: u64,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that were executed.
    pub hit: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    fn of(all: impl Iterator<Item = bool>) -> Self {
        all.fold(Self::default(), |share, hit| Self { hit: share.hit + usize::from(hit), all: share.all + 1 })
    }

    /// In percent, rounded down, so that only all of them are 100; nothing at all is 100 as well.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.hit * 100).checked_div(self.all).unwrap_or(100)
    }
}

impl std::ops::Add for Share {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { hit: self.hit + other.hit, all: self.all + other.all }
    }
}

impl Default for Coverage {
    fn default() -> Self {
        Self { version: VERSION, scripts: BTreeMap::new() }
    }
}

impl ScriptCoverage {
    /// The lines that were executed.
    #[must_use]
    pub fn line_share(&self) -> Share {
        Share::of(self.lines.iter().map(|line| line.count > 0))
    }

    /// The ways of conditions that were taken.
    #[must_use]
    pub fn branch_share(&self) -> Share {
        Share::of(self.branches.iter().flat_map(|branch| [branch.yes > 0, branch.no > 0]))
    }

    /// The callouts that never ran.
    pub fn uncovered_callouts(&self) -> impl Iterator<Item = &CalloutCoverage> {
        self.callouts.iter().filter(|callout| callout.count == 0)
    }

    fn add(&mut self, other: Self) {
        // A text that changed between two runs is counted anew.
        let same = self.lines.iter().map(|one| one.line).eq(other.lines.iter().map(|one| one.line))
            && self
                .branches
                .iter()
                .map(|one| (one.line, one.kind))
                .eq(other.branches.iter().map(|one| (one.line, one.kind)));
        if same {
            for (own, other) in self.lines.iter_mut().zip(&other.lines) {
                own.count += other.count;
            }
            for (own, other) in self.branches.iter_mut().zip(&other.branches) {
                own.yes += other.yes;
                own.no += other.no;
            }
        } else if !other.lines.is_empty() {
            self.lines = other.lines;
            self.branches = other.branches;
        }
        for callout in other.callouts {
            match self
                .callouts
                .iter_mut()
                .find(|one| one.name == callout.name && one.module == callout.module)
            {
                Some(own) => own.count += callout.count,
                None => self.callouts.push(callout),
            }
        }
    }
}

impl Coverage {
    /// What a run executed, if it counted.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let mut coverage = Self::of_machine(&report.coverage);
        coverage.add_callouts(report);
        coverage
    }

    /// What a machine executed.
    #[must_use]
    pub fn of_machine(all: &[Covered]) -> Self {
        let mut coverage = Self::default();
        for covered in all {
            let lines = covered.lines.iter().map(|&(line, count)| LineCoverage { line, count });
            let branches = covered.branches.iter().map(|&(branch, [yes, no])| BranchCoverage {
                line: branch.line,
                kind: branch.kind,
                yes,
                no,
            });
            let script =
                ScriptCoverage { lines: lines.collect(), branches: branches.collect(), callouts: Vec::new() };
            coverage.scripts.entry(covered.file.clone()).or_default().add(script);
        }
        coverage
    }

    /// Counts the callouts of a run.
    fn add_callouts(&mut self, report: &Report) {
        let steps = report.steps.iter().flat_map(|step| &step.callouts);
        let runs: Vec<_> = report.load.iter().chain(steps).collect();
        for script in report.scripts.iter().filter(|script| !script.hooks.is_empty()) {
            let Some(counted) = self.scripts.get_mut(&script.file) else { continue };
            for hook in &script.hooks {
                let of_hook = runs.iter().filter(|run| run.callout == *hook && run.script == script.name);
                let count = of_hook.map(|run| u64::from(run.calls)).sum();
                let (name, module) = (hook.clone(), script.name.clone());
                counted.callouts.push(CalloutCoverage { name, module, count });
            }
        }
    }

    /// Adds what another run executed.
    pub fn add(&mut self, other: Self) {
        for (file, script) in other.scripts {
            self.scripts.entry(file).or_default().add(script);
        }
    }

    /// Lines and branches of all scripts.
    #[must_use]
    pub fn shares(&self) -> (Share, Share) {
        self.scripts.values().fold(<(Share, Share)>::default(), |(lines, branches), script| {
            (lines + script.line_share(), branches + script.branch_share())
        })
    }

    /// The form of lcov (`geninfo`), which CI services and editors read.
    #[must_use]
    pub fn lcov(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        for (file, script) in &self.scripts {
            let _ = writeln!(out, "TN:\nSF:{file}");
            for (place, branch) in script.branches.iter().enumerate() {
                for (way, count) in [branch.yes, branch.no].into_iter().enumerate() {
                    // `-` says that the condition was never reached.
                    let taken = if branch.yes + branch.no == 0 { "-".to_owned() } else { count.to_string() };
                    let _ = writeln!(out, "BRDA:{},{place},{way},{taken}", branch.line);
                }
            }
            let branches = script.branch_share();
            let _ = writeln!(out, "BRF:{}\nBRH:{}", branches.all, branches.hit);
            for line in &script.lines {
                let _ = writeln!(out, "DA:{},{}", line.line, line.count);
            }
            let lines = script.line_share();
            let _ = writeln!(out, "LF:{}\nLH:{}\nend_of_record", lines.all, lines.hit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Options, Policy, run};
    use crate::session::invented;

    const SCRIPT: &[u8] = b"require('msys.core')
local m = {}
function m:validate_connect(ac, vctx)
  if ac then return msys.core.VALIDATE_CONT end
  return msys.core.VALIDATE_DONE
end
function m:validate_ehlo() return msys.core.VALIDATE_CONT end
function m:core_log_permanent_failure_v1() end
msys.registerModule('m', m)
";

    fn coverage() -> Coverage {
        let options = Options { coverage: true, ..Options::default() };
        Coverage::of(&run(&Policy::of_script("m.lua", SCRIPT), &invented(), &options))
    }

    #[test]
    fn runs_add_up() {
        let mut all = coverage();
        all.add(coverage());
        let script = &all.scripts["m.lua"];
        assert_eq!(script.line_share(), Share { hit: 7, all: 8 });
        assert_eq!(script.branch_share(), Share { hit: 1, all: 2 });
        assert_eq!((script.lines[3].line, script.lines[3].count), (4, 2));
        let uncovered: Vec<&str> = script.uncovered_callouts().map(|one| one.name.as_str()).collect();
        assert!(!uncovered.contains(&"validate_connect") && !uncovered.is_empty(), "{uncovered:?}");
        assert_eq!(all.shares().0.percent(), 87);
    }

    #[test]
    fn lcov_has_lines_and_branches() {
        assert_eq!(
            coverage().lcov(),
            "TN:\nSF:m.lua\nBRDA:4,0,0,1\nBRDA:4,0,1,0\nBRF:2\nBRH:1\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,1\nDA:5,0\nDA:7,1\n\
             DA:8,1\nDA:9,1\nLF:8\nLH:7\nend_of_record\n"
        );
    }
}
