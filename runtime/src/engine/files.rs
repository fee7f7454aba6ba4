//! The files that a run sees: those of the session, then those of the policy.

use std::rc::Rc;

use crate::machine::Files;
use crate::session::Session;

pub(super) struct RunFiles {
    pub(super) session: Rc<Session>,
    pub(super) policy: Rc<dyn Files>,
}

impl Files for RunFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        for (place, entry) in &self.session.files {
            if entry.folder.is_none() {
                if place == path {
                    return Ok(entry.content.bytes.to_vec());
                }
                continue;
            }
            let below =
                path.strip_prefix(place.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
            if let Some(bytes) = below.and_then(|below| entry.files.get(below)) {
                return Ok(bytes.to_vec());
            }
        }
        self.policy.read(path)
    }
}
