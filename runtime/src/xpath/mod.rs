//! XPath 1.0 on a document that was laid out flat.
//!
//! [`parse`] reads an expression, [`Expression::select`] gives the nodes that it finds, in the order of the document.

mod evaluate;
mod functions;
mod lex;
mod parse;
mod value;

pub use parse::parse;

/// A node of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The name without its prefix; the target of a processing instruction.
    pub local: String,
    /// The prefix, as it is written.
    pub prefix: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The text of a text, comment or instruction; the value of an attribute.
    pub text: String,
    /// The node that it is in.
    pub parent: Option<usize>,
    /// The nodes in it, in order.
    pub children: Vec<usize>,
    /// The attributes of an element, in order.
    pub attributes: Vec<usize>,
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words of XPath")]
pub enum Kind {
    #[default]
    Root,
    Element,
    Attribute,
    Text,
    Comment,
    Instruction,
}

/// A document: node 0 is its root, a node stands behind the one that it is in, and attributes before children.
pub type Document = [Node];

/// An expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression(parse::Term);

/// Why an expression gives no nodes.
#[derive(Debug)]
pub enum Failure<E> {
    /// It is none, or its value is no set of nodes.
    Wrong(String),
    /// The caller's `step` wants no more.
    Stopped(E),
}

impl Expression {
    /// The nodes that it finds, starting from a node. `step` is asked before each step with the number of nodes that it
    /// looks at.
    ///
    /// # Errors
    /// A value that is no set of nodes, a function that there is not, or what `step` says.
    pub fn select<E>(
        &self,
        document: &Document,
        from: usize,
        step: &mut dyn FnMut(u64) -> Result<(), E>,
    ) -> Result<Vec<usize>, Failure<E>> {
        match evaluate::evaluate(&self.0, document, from, step)? {
            value::Value::Nodes(nodes) => Ok(nodes),
            _ => Err(Failure::Wrong("the expression gives no nodes".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests;
