//! What scripts print, on its way into the report.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Place, Trace, What};
use crate::api::plain;
use crate::machine::{self, Output, OutputKind, Sink};

impl From<machine::Place> for Place {
    fn from(place: machine::Place) -> Self {
        Self { file: place.file, line: place.line }
    }
}

/// Puts output into a trace, where it stands among the other events.
#[derive(Debug, Clone)]
pub struct TraceSink(pub Rc<RefCell<Trace>>);

impl Sink for TraceSink {
    fn take(&mut self, output: Output) {
        let text = match output.kind {
            OutputKind::Line => plain(&output.bytes),
            OutputKind::Written | OutputKind::Error => plain(output.bytes.trim_ascii_end()),
        };
        self.0.borrow_mut().push(output.place.map(Place::from), What::Print { text });
    }
}
