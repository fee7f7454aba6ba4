//! What names a script that gets another path: the `require`s and `source`s that follow it.

use super::references;
use crate::diagnostic::Edit;
use crate::project::{FileId, Project};
use crate::syntax::{Span, offset_u32};

/// The edits, with their files, after which everything that names a file names it at its new path. Both paths are absolute
/// and have `/` between their parts. A name stays as it is where no name leads to the new path from the folder in which
/// scripts are looked for.
#[must_use]
pub fn edits(project: &Project, file: FileId, from: &str, to: &str) -> Vec<(FileId, Edit)> {
    let edit = |place: &references::Occurrence| {
        let written = place.span.text(project.text(place.file)?);
        let name = written.trim_matches(['"', '\'', '[', ']', '=']);
        let between = if project.script(place.file).is_some() { '.' } else { '/' };
        let renamed = renamed(name, between, from, to)?;
        let start = place.span.start + offset_u32(written.find(name)?);
        let span = Span::new(start, start + offset_u32(name.len()));
        Some((place.file, Edit::replace(span, renamed)))
    };
    references::of_module(project, file).iter().filter_map(edit).collect()
}

/// The name under which the new path is found where `name` led to the old one. `between` divides the parts of a name that
/// has had only one so far.
fn renamed(name: &str, between: char, from: &str, to: &str) -> Option<String> {
    let (stem, ending) = name.strip_suffix(".lua").map_or((name, ""), |stem| (stem, ".lua"));
    let between = ['/', '.'].into_iter().find(|&one| stem.contains(one)).unwrap_or(between);
    let old = from.strip_suffix(".lua")?;
    let root = old.strip_suffix(&stem.replace(between, "/")).filter(|root| root.ends_with('/'))?;
    let new = to.strip_prefix(root)?.strip_suffix(".lua")?;
    // A point in a name stands between its parts.
    if new.is_empty() || (between == '.' && new.contains('.')) {
        return None;
    }
    Some(format!("{}{ending}", new.replace('/', &between.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    #[test]
    fn requires_and_sources_follow() {
        let text = "//- /etc/ecelerity.conf\nscriptlet \"s\" { script \"a\" { source = \"inbound/limits\" } }\n\
            //- /etc/conf/global/inbound/limits.lua\n$0return {}\n\
            //- /etc/conf/global/other.lua\nlocal limits = require(\"inbound.limits\")\nrequire('inbound/limits')\n";
        let (project, file, _) = project_at(text);
        let to = |path: &str| {
            let edits = edits(&project, file, "/etc/conf/global/inbound/limits.lua", path);
            edits.into_iter().map(|(_, edit)| edit.text).collect::<Vec<_>>()
        };
        let mut moved = to("/etc/conf/global/rates.lua");
        moved.sort();
        assert_eq!(moved, ["rates", "rates", "rates"]);
        let mut moved = to("/etc/conf/global/in/rates.lua");
        moved.sort();
        assert_eq!(moved, ["in.rates", "in/rates", "in/rates"]);
        assert!(to("/elsewhere/limits.lua").is_empty());
    }

    #[test]
    fn names_are_made_as_they_were() {
        let to = |name, path| renamed(name, '.', "/p/site/a.lua", path);
        assert_eq!(to("a", "/p/site/sub/b.lua").as_deref(), Some("sub.b"));
        assert_eq!(to("site/a.lua", "/p/b.lua").as_deref(), Some("b.lua"));
        assert_eq!(to("site.a", "/p/b.c.lua"), None);
        assert_eq!(to("ite.a", "/p/b.lua"), None);
        assert_eq!(to("a", "/p/site/b.txt"), None);
    }
}
