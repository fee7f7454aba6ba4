//! The files that a run sees: what its scripts have written, those of the session, then those of the policy.

use std::cell::RefCell;
use std::rc::Rc;

use crate::api::files::Written;
use crate::machine::Files;
use crate::session::Session;

pub(super) struct RunFiles {
    pub(super) written: Rc<RefCell<Written>>,
    pub(super) session: Rc<Session>,
    pub(super) policy: Rc<dyn Files>,
}

impl Files for RunFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if let Some(bytes) = self.written.borrow().get(path) {
            return Ok(bytes.to_vec());
        }
        match self.session.file(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.policy.read(path),
        }
    }
}
