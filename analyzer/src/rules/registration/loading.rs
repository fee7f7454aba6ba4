//! Which scripts the server's configuration loads.

use crate::configuration::scriptlets;
use crate::project::{Script, ServerConfiguration};

/// The documentation of the scriptlet module.
pub(super) const SCRIPTLET_PAGE: &str = "momentum/4/modules/scriptlet";

/// The stanza that loads a script.
pub(super) fn stanza<'a>(script: &Script<'a>) -> Option<(ServerConfiguration<'a>, &'a scriptlets::Script)> {
    script.project().server_configurations().find_map(|server| {
        let mut stanzas = server.policy().scripts();
        let is_this = |stanza: &&scriptlets::Script| {
            server.script_file(stanza).is_some_and(|loaded| loaded.id() == script.id())
        };
        stanzas.find(is_this).map(|stanza| (server, stanza))
    })
}
