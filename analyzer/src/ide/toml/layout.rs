//! What stands where in a TOML text, whatever is missing in it: its tables, their keys, and brackets of several lines.

use crate::syntax::{Span, offset_u32};
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

/// Brackets that stand deeper in each other are passed over.
const DEEPEST: u32 = 64;

/// What stands where.
#[derive(Debug, Default)]
pub(in crate::ide) struct Layout {
    /// The tables in the order of the text; the first has no header.
    pub(in crate::ide) tables: Vec<Table>,
    /// Comments, each of one line.
    pub(in crate::ide) comments: Vec<Span>,
}

/// A header with the keys behind it.
#[derive(Debug, Default)]
pub(in crate::ide) struct Table {
    /// The parts of its name.
    pub(in crate::ide) path: Vec<String>,
    /// The header with its brackets.
    pub(in crate::ide) header: Option<Span>,
    /// From the header to the end of the last key.
    pub(in crate::ide) span: Span,
    /// Its keys.
    pub(in crate::ide) keys: Vec<Pair>,
}

/// A key with its value.
#[derive(Debug, Default)]
pub(in crate::ide) struct Pair {
    /// The key: `replies.connect`.
    pub(in crate::ide) key: Span,
    /// From the key to the end of the value.
    pub(in crate::ide) span: Span,
    /// The value; empty where it is missing.
    pub(in crate::ide) value: Span,
    /// Arrays and inline tables with their brackets, and single values, wherever they stand in the value.
    pub(in crate::ide) parts: Vec<Span>,
}

impl Layout {
    /// Reads a text.
    pub(in crate::ide) fn of(text: &str) -> Self {
        let tokens = Source::new(text).lex().into_vec();
        let mut events: Vec<Event> = Vec::new();
        parse_document(&tokens, &mut RecursionGuard::new(&mut events, DEEPEST), &mut ());
        let mut reading = Reading {
            text,
            layout: Layout::default(),
            brackets: Vec::new(),
            in_header: false,
            in_value: false,
        };
        reading.layout.tables.push(Table::default());
        events.iter().for_each(|event| reading.event(event));
        reading.layout
    }
}

struct Reading<'t> {
    text: &'t str,
    layout: Layout,
    /// Where brackets were opened that are not closed yet.
    brackets: Vec<u32>,
    in_header: bool,
    in_value: bool,
}

impl Reading<'_> {
    fn event(&mut self, event: &Event) {
        let span = Span::new(offset_u32(event.span().start()), offset_u32(event.span().end()));
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.in_header = true;
                self.brackets.clear();
                self.layout.tables.push(Table { header: Some(span), span, ..Table::default() });
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => self.in_header = false,
            EventKind::SimpleKey if self.in_header => {
                let name = self.name(span);
                if let Some(table) = self.layout.tables.last_mut() {
                    table.path.push(name);
                }
            }
            EventKind::SimpleKey if self.brackets.is_empty() => self.key(span),
            EventKind::KeyValSep if self.brackets.is_empty() => self.in_value = true,
            EventKind::InlineTableOpen | EventKind::ArrayOpen => self.brackets.push(span.start),
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                if let Some(start) = self.brackets.pop() {
                    self.part(Span::new(start, span.end));
                }
            }
            EventKind::Scalar => self.part(span),
            EventKind::Comment => self.layout.comments.push(span),
            EventKind::Newline if self.brackets.is_empty() => {
                (self.in_header, self.in_value) = (false, false)
            }
            _ => {}
        }
        self.extend(span, event.kind());
    }

    /// Keys may have quotes.
    fn name(&self, span: Span) -> String {
        span.text(self.text).trim_matches(['"', '\'']).to_owned()
    }

    fn key(&mut self, span: Span) {
        let Some(table) = self.layout.tables.last_mut() else { return };
        match table.keys.last_mut() {
            // The next part of `a.b`.
            Some(last) if !self.in_value && last.value.is_empty() && last.key.end + 1 == span.start => {
                last.key = last.key.to(span);
            }
            _ => {
                self.in_value = false;
                table.keys.push(Pair { key: span, span, value: Span::empty(span.end), parts: Vec::new() });
            }
        }
    }

    /// A part of the value of the last key.
    fn part(&mut self, span: Span) {
        let Some(pair) = self.layout.tables.last_mut().and_then(|table| table.keys.last_mut()) else {
            return;
        };
        pair.parts.push(span);
        if self.brackets.is_empty() {
            pair.value = span;
        }
    }

    /// What is written belongs to the last key and the last table.
    fn extend(&mut self, span: Span, kind: EventKind) {
        if matches!(kind, EventKind::Whitespace | EventKind::Comment | EventKind::Newline) {
            return;
        }
        let Some(table) = self.layout.tables.last_mut() else { return };
        if let (Some(header), true) = (table.header.as_mut(), table.keys.is_empty()) {
            *header = header.to(span);
        }
        if let Some(pair) = table.keys.last_mut() {
            pair.span = pair.span.to(span);
        }
        table.span = if table.span.is_empty() { span } else { table.span.to(span) };
    }
}
