//! What an expression gives.

use super::functions;
use super::parse::{Axis, Start, Step, Term, Test};
use super::value::{Value, number_of, text_of};
use super::{Document, Failure, Kind, Node};

/// Where an expression stands: a node, its position among those that are looked at, and how many they are.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) node: usize,
    pub(super) position: usize,
    pub(super) size: usize,
}

pub(super) struct Evaluation<'a, E> {
    pub(super) document: &'a Document,
    step: &'a mut dyn FnMut(u64) -> Result<(), E>,
}

pub(super) type Given<T, E> = Result<T, Failure<E>>;

pub(super) fn evaluate<E>(
    term: &Term,
    document: &Document,
    from: usize,
    step: &mut dyn FnMut(u64) -> Result<(), E>,
) -> Given<Value, E> {
    let mut evaluation = Evaluation { document, step };
    evaluation.value(term, Context { node: from, position: 1, size: 1 })
}

impl<E> Evaluation<'_, E> {
    pub(super) fn charge(&mut self, nodes: usize) -> Given<(), E> {
        (self.step)(nodes as u64 + 1).map_err(Failure::Stopped)
    }

    /// The text of a value; that of a node may be long.
    pub(super) fn text(&mut self, value: &Value) -> Given<String, E> {
        let text = value.text(self.document);
        self.charge(text.len() / 16)?;
        Ok(text)
    }

    pub(super) fn value(&mut self, term: &Term, context: Context) -> Given<Value, E> {
        self.charge(1)?;
        Ok(match term {
            Term::Number(number) => Value::Number(*number),
            Term::Text(text) => Value::Text(text.clone()),
            Term::Negative(term) => Value::Number(-self.value(term, context)?.number(self.document)),
            Term::Call(name, arguments) => functions::call(self, name, arguments, context)?,
            Term::Binary(operator, left, right) => self.binary(operator, left, right, context)?,
            Term::Path(start, steps) => {
                let mut nodes = match start {
                    Start::Here => vec![context.node],
                    Start::Root => vec![0],
                    Start::Of(term) => self.nodes(term, context)?,
                };
                for step in steps {
                    nodes = self.step(step, &nodes)?;
                }
                Value::Nodes(nodes)
            }
            Term::Filter(term, predicates) => {
                let mut nodes = self.nodes(term, context)?;
                for predicate in predicates {
                    nodes = self.filter(predicate, nodes)?;
                }
                Value::Nodes(nodes)
            }
        })
    }

    pub(super) fn nodes(&mut self, term: &Term, context: Context) -> Given<Vec<usize>, E> {
        match self.value(term, context)? {
            Value::Nodes(nodes) => Ok(nodes),
            _ => Err(Failure::Wrong("a set of nodes is wanted".to_owned())),
        }
    }

    fn binary(&mut self, operator: &str, left: &Term, right: &Term, context: Context) -> Given<Value, E> {
        if let "or" | "and" = operator {
            let left = self.value(left, context)?.boolean();
            if left == (operator == "or") {
                return Ok(Value::Boolean(left));
            }
            return Ok(Value::Boolean(self.value(right, context)?.boolean()));
        }
        let (left, right) = (self.value(left, context)?, self.value(right, context)?);
        if operator == "|" {
            let (Value::Nodes(mut nodes), Value::Nodes(more)) = (left, right) else {
                return Err(Failure::Wrong("`|` joins sets of nodes".to_owned()));
            };
            nodes.extend(more);
            return Ok(Value::Nodes(ordered(nodes)));
        }
        if ["=", "!=", "<", "<=", ">", ">="].contains(&operator) {
            return self.compare(operator, &left, &right).map(Value::Boolean);
        }
        let (left, right) = (left.number(self.document), right.number(self.document));
        Ok(Value::Number(match operator {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "div" => left / right,
            _ => left % right,
        }))
    }

    /// A set of nodes compares as any of its nodes does.
    fn compare(&mut self, operator: &str, left: &Value, right: &Value) -> Given<bool, E> {
        let is_order = !matches!(operator, "=" | "!=");
        let (nodes, other, swapped) = match (left, right) {
            (Value::Nodes(nodes), other) => (nodes, other, false),
            (other, Value::Nodes(nodes)) => (nodes, other, true),
            _ => return Ok(compared(operator, left, right, self.document)),
        };
        if let (Value::Boolean(_), false) = (other, is_order) {
            let boolean = Value::Boolean(!nodes.is_empty());
            return Ok(compared(operator, &boolean, other, self.document));
        }
        let others: Vec<Value> = match other {
            Value::Nodes(others) => {
                let mut texts = Vec::new();
                for node in others {
                    texts.push(Value::Text(self.text(&Value::Nodes(vec![*node]))?));
                }
                texts
            }
            other => vec![other.clone()],
        };
        for node in nodes {
            let text = self.text(&Value::Nodes(vec![*node]))?;
            let one = Value::Text(text);
            self.charge(others.len())?;
            let any = others.iter().any(|other| {
                let (left, right) = if swapped { (other, &one) } else { (&one, other) };
                compared(operator, left, right, self.document)
            });
            if any {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn step(&mut self, step: &Step, from: &[usize]) -> Given<Vec<usize>, E> {
        let mut found = Vec::new();
        for node in from {
            let mut nodes = self.along(step.axis, *node)?;
            self.charge(nodes.len())?;
            nodes.retain(|node| {
                self.document.get(*node).is_some_and(|node| fits(&step.test, step.axis, node))
            });
            for predicate in &step.predicates {
                nodes = self.filter(predicate, nodes)?;
            }
            found.extend(nodes);
        }
        Ok(ordered(found))
    }

    fn filter(&mut self, predicate: &Term, nodes: Vec<usize>) -> Given<Vec<usize>, E> {
        let size = nodes.len();
        let mut kept = Vec::new();
        for (place, node) in nodes.into_iter().enumerate() {
            let context = Context { node, position: place + 1, size };
            let holds = match self.value(predicate, context)? {
                Value::Number(number) => number == context.position as f64,
                other => other.boolean(),
            };
            if holds {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    /// The nodes of an axis, the nearest first.
    fn along(&mut self, axis: Axis, node: usize) -> Given<Vec<usize>, E> {
        let Some(here) = self.document.get(node) else { return Ok(Vec::new()) };
        Ok(match axis {
            Axis::Own => vec![node],
            Axis::Parent => here.parent.into_iter().collect(),
            Axis::Child => here.children.clone(),
            Axis::Attribute => here.attributes.clone(),
            Axis::Ancestor => self.ancestors(node),
            Axis::AncestorOrSelf => std::iter::once(node).chain(self.ancestors(node)).collect(),
            Axis::Descendant => self.below(&here.children)?,
            Axis::DescendantOrSelf => {
                let mut nodes = vec![node];
                nodes.extend(self.below(&here.children)?);
                nodes
            }
            Axis::FollowingSibling | Axis::PrecedingSibling => {
                self.siblings(node, axis == Axis::FollowingSibling)
            }
            Axis::Following | Axis::Preceding => {
                let forward = axis == Axis::Following;
                let mut found = Vec::new();
                for around in std::iter::once(node).chain(self.ancestors(node)) {
                    for sibling in self.siblings(around, forward) {
                        let mut branch = self.below(&[sibling])?;
                        if !forward {
                            branch.reverse();
                        }
                        found.extend(branch);
                    }
                }
                found
            }
        })
    }

    fn ancestors(&self, node: usize) -> Vec<usize> {
        let above = |node: &usize| self.document.get(*node)?.parent;
        std::iter::successors(above(&node), above).collect()
    }

    /// These nodes and all below them, in the order of the document.
    fn below(&mut self, nodes: &[usize]) -> Given<Vec<usize>, E> {
        let mut found = Vec::new();
        let mut waiting: Vec<usize> = nodes.iter().rev().copied().collect();
        while let Some(node) = waiting.pop() {
            found.push(node);
            if let Some(node) = self.document.get(node) {
                waiting.extend(node.children.iter().rev());
            }
        }
        self.charge(found.len())?;
        Ok(found)
    }

    fn siblings(&self, node: usize, behind: bool) -> Vec<usize> {
        let parent = self.document.get(node).and_then(|node| self.document.get(node.parent?));
        let Some(place) = parent.and_then(|parent| parent.children.iter().position(|child| *child == node))
        else {
            return Vec::new();
        };
        let children = parent.map(|parent| parent.children.as_slice()).unwrap_or_default();
        if behind {
            children.get(place + 1..).unwrap_or_default().to_vec()
        } else {
            children.get(..place).unwrap_or_default().iter().rev().copied().collect()
        }
    }
}

/// In the order of the document, each once.
pub(super) fn ordered(mut nodes: Vec<usize>) -> Vec<usize> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn compared(operator: &str, left: &Value, right: &Value, document: &Document) -> bool {
    if let "=" | "!=" = operator {
        let equal = match (left, right) {
            (Value::Boolean(_), _) | (_, Value::Boolean(_)) => left.boolean() == right.boolean(),
            (Value::Number(_), _) | (_, Value::Number(_)) => left.number(document) == right.number(document),
            _ => left.text(document) == right.text(document),
        };
        return equal == (operator == "=");
    }
    let (left, right) = (left.number(document), right.number(document));
    match operator {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        _ => left >= right,
    }
}

fn fits(test: &Test, axis: Axis, node: &Node) -> bool {
    let principal = if axis == Axis::Attribute { Kind::Attribute } else { Kind::Element };
    match test {
        Test::Node => true,
        Test::Text => node.kind == Kind::Text,
        Test::Comment => node.kind == Kind::Comment,
        Test::Instruction(target) => {
            node.kind == Kind::Instruction && target.as_ref().is_none_or(|target| *target == node.local)
        }
        // No function binds prefixes to namespaces: a prefix is one of the document.
        Test::Name(prefix, name) => {
            node.kind == principal
                && (name == "*" || *name == node.local)
                && match prefix {
                    Some(prefix) => node.prefix.as_ref() == Some(prefix),
                    None => name == "*" || node.namespace.is_none(),
                }
        }
    }
}

/// The number that a node's text is.
pub(super) fn number_of_node(document: &Document, node: usize) -> f64 {
    number_of(&text_of(document, node))
}
