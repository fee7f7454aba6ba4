//! `callouts`: which of them run, of any script or of one.

use momentum_lua_analyzer::configuration::near::did_you_mean;

use super::check::{Judge, Miss};
use super::scope::Scope;
use crate::report::CalloutRun;
use crate::session::CalloutsWanted;

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: &CalloutsWanted) {
    if *wanted == CalloutsWanted::default() {
        return;
    }
    let runs: Vec<&CalloutRun> = scope.runs(judge.report).filter(|run| run.callout != "load").collect();
    for (list, names, must) in [("run", &wanted.run, true), ("not_run", &wanted.not_run, false)] {
        for (place, name) in names.iter().enumerate() {
            let found: Vec<&&CalloutRun> = runs.iter().filter(|run| is(run, name)).collect();
            let misses = match unknown(judge, name) {
                Some(unknown) => vec![unknown],
                None if must && found.is_empty() => vec![Miss::new(None, "it did not run")],
                None if must => Vec::new(),
                None => found.iter().map(|run| Miss::new(None, ran(run))).collect(),
            };
            let expected = if must { format!("{name} runs") } else { format!("{name} does not run") };
            judge.add(scope.key(&format!("callouts.{list}[{}]", place + 1)), expected, misses);
        }
    }
}

fn is(run: &CalloutRun, name: &str) -> bool {
    let script = || name.strip_suffix(&run.callout).and_then(|script| script.strip_suffix('.'));
    name == run.callout || script() == Some(&run.script)
}

fn ran(run: &CalloutRun) -> String {
    let at = run.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
    format!("{}.{} ran{at}", run.script, run.callout)
}

/// A callout that no script can have, or a script that is not there: neither ever runs.
fn unknown(judge: &Judge<'_>, name: &str) -> Option<Miss> {
    let (script, callout) = match name.rsplit_once('.') {
        Some((script, callout)) => (Some(script), callout),
        None => (None, name),
    };
    let scripts = &judge.report.scripts;
    let registered = scripts.iter().flat_map(|script| &script.hooks).map(String::as_str);
    if judge.api.hook(callout).is_none() && !registered.clone().any(|known| known == callout) {
        let near = did_you_mean(callout, judge.api.near_hooks(callout).into_iter().take(1));
        return Some(Miss::new(None, format!("there is no callout `{callout}`{near}")));
    }
    let script = script.filter(|wanted| !scripts.iter().any(|script| script.name == *wanted))?;
    let near = did_you_mean(script, scripts.iter().map(|script| script.name.as_str()));
    Some(Miss::new(None, format!("no script is registered as `{script}`{near}")))
}
