//! Which files the client watches for the server.

use tower_lsp::lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageType, Registration,
};

use crate::outgoing::Outgoing;

/// The ends of names of files that are watched always: policy, configuration, stubs, sessions, messages.
const ENDINGS: [&str; 5] = ["lua", "conf", "h", "toml", "eml"];

/// Watches the files that policy and sessions consist of.
pub(crate) fn usual(outgoing: &Outgoing) {
    let globs = ENDINGS.iter().map(|ending| format!("**/*.{ending}"));
    register(outgoing, "momentum-lua/files".to_owned(), globs.collect());
}

/// Watches, under an id of its own, files of other names too. Names that are watched already are passed over by the
/// caller.
pub(crate) fn named(outgoing: &Outgoing, id: String, names: &[String]) {
    let globs = names.iter().map(|name| format!("**/{}", literal(name)));
    register(outgoing, id, globs.collect());
}

/// Whether a file is watched by its name.
pub(crate) fn is_usual(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// A glob that matches a name: any character stands for one that means something in a glob.
fn literal(name: &str) -> String {
    name.chars().map(|c| if "*?[]{}\\".contains(c) { '?' } else { c }).collect()
}

fn register(outgoing: &Outgoing, id: String, globs: Vec<String>) {
    let watchers = globs
        .into_iter()
        .map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
    let registration = Registration {
        id,
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    outgoing.send(move |client| async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            client.log_message(MessageType::WARNING, format!("files are not watched: {error}")).await;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_themselves_in_globs() {
        assert!(is_usual("a.eml") && !is_usual("eml") && !is_usual("policy.sql"));
        assert_eq!(literal("list [old].txt"), "list ?old?.txt");
    }
}
