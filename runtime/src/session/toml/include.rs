//! Files with what sessions have in common.

use std::collections::BTreeMap;

use super::check::Checker;
use crate::session::{Files, Session, Verdicts};

/// The keys that an included file may have.
const COMMON: [&str; 14] = [
    "description",
    "configuration",
    "constants",
    "bindings",
    "dns",
    "datasources",
    "audit",
    "adaptive",
    "http_answer",
    "api_answer",
    "verdicts",
    "files",
    "clock",
    "random_seed",
];

/// Files as an included file names them: relative to its own folder.
struct Beside<'f> {
    files: &'f dyn Files,
    folder: &'f str,
}

impl Beside<'_> {
    fn path(&self, path: &str) -> String {
        let is_absolute = path.starts_with('/') || path.get(1..2) == Some(":");
        if self.folder.is_empty() || is_absolute {
            path.to_owned()
        } else {
            format!("{}/{path}", self.folder)
        }
    }
}

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.read(&self.path(path))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        self.files.list(&self.path(folder))
    }
}

/// Reads the files that the session includes, and takes over what the session does not say itself.
pub(super) fn include(session: &mut Session, checker: &mut Checker<'_>, files: &dyn Files) {
    for (index, name) in session.include.clone().iter().enumerate() {
        let place = format!("include[{}]", index + 1);
        let range = checker.places.get(&place).cloned().unwrap_or_default();
        let text = files
            .read(name)
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
        let text = match text {
            Ok(text) => text,
            Err(reason) => {
                checker.error(range, format!("cannot read `{name}`: {reason}"));
                continue;
            }
        };
        let folder = name.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
        let (common, given, errors) = super::read_common(&text, &Beside { files, folder });
        for error in errors {
            checker.error(range.clone(), format!("{name}:{}: {error}", error.location));
        }
        let out_of_place = given.keys().find(|key| {
            let top = key.split(['.', '[']).next().unwrap_or_default();
            !COMMON.contains(&top) && top != "limits"
        });
        if let Some(key) = out_of_place {
            checker.error(
                range,
                format!("`{name}` cannot be included: it has `{key}`, which belongs to one session"),
            );
        }
        let is_given = |key: &str| checker.places.contains_key(key);
        take_over(session, common, &is_given, &|key| given.contains_key(key));
        for key in ["clock", "random_seed"] {
            if let Some(range) = given.get(key)
                && !checker.places.contains_key(key)
            {
                checker.places.insert(key.to_owned(), range.clone());
            }
        }
    }
}

fn take_over(
    session: &mut Session,
    common: Session,
    is_given: &dyn Fn(&str) -> bool,
    has: &dyn Fn(&str) -> bool,
) {
    add_absent(&mut session.configuration, common.configuration);
    add_absent(&mut session.constants, common.constants);
    add_absent(&mut session.dns, common.dns);
    add_absent(&mut session.datasources, common.datasources);
    add_absent(&mut session.files, common.files);
    session.audit.extend(common.audit);
    session.adaptive.extend(common.adaptive);
    session.bindings.extend(common.bindings);
    session.http_answer.extend(common.http_answer);
    session.api_answer.extend(common.api_answer);
    let Verdicts { virus, spam, spf, dkim, arc, dkim2 } = common.verdicts;
    let own = &mut session.verdicts;
    own.virus = own.virus.take().or(virus);
    own.spam = own.spam.take().or(spam);
    own.spf = own.spf.or(spf);
    own.dkim = own.dkim.take().or(dkim);
    own.arc = own.arc.or(arc);
    own.dkim2 = own.dkim2.or(dkim2);
    if !is_given("clock") && has("clock") {
        session.clock = common.clock;
    }
    if !is_given("random_seed") && has("random_seed") {
        session.random_seed = common.random_seed;
    }
    session.limits = std::mem::take(&mut session.limits).or(common.limits);
}

fn add_absent<T>(own: &mut BTreeMap<String, T>, common: BTreeMap<String, T>) {
    for (name, value) in common {
        own.entry(name).or_insert(value);
    }
}
