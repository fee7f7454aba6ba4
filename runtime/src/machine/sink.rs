//! Where what scripts print goes.

use std::cell::RefCell;
use std::rc::Rc;

use super::place::Place;

/// Something that a script wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// What was written; a line of `print` without its line end.
    pub bytes: Vec<u8>,
    /// Which function wrote it.
    pub kind: OutputKind,
    /// The line of the call.
    pub place: Option<Place>,
}

/// How something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputKind {
    /// `print`: a whole line.
    Line,
    /// `io.write` and `io.stdout:write`: as it stands.
    Written,
    /// `io.stderr:write`: as it stands.
    Error,
}

/// Receives what scripts write, in order. The limit of [`Limits::output`](super::Limits::output) is the machine's.
pub trait Sink {
    /// Takes the next piece.
    fn take(&mut self, output: Output);
}

impl Sink for Vec<Output> {
    fn take(&mut self, output: Output) {
        self.push(output);
    }
}

impl<S: Sink + ?Sized> Sink for Rc<RefCell<S>> {
    fn take(&mut self, output: Output) {
        self.borrow_mut().take(output);
    }
}

/// Drops everything.
impl Sink for () {
    fn take(&mut self, _: Output) {}
}
