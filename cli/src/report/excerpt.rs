//! The lines of a source that a report shows.

use momentum_lua_analyzer::syntax::Span;

use crate::source::Source;

/// Lines longer than this many bytes are cut, so that a report stays readable and quick.
const LONGEST_LINE: u32 = 600;

/// How many bytes of a line that is cut are kept on either side of a place.
const KEPT: u32 = 150;

/// What stands for the rest of a line that is cut.
const CUT: &str = "…";

/// Whole lines of a source, ends of lines made equal, long lines cut.
#[derive(Debug)]
pub(crate) struct Excerpt {
    /// The text.
    pub(crate) text: String,
    /// The number, from 1, of its first line.
    pub(crate) first_line: usize,
    /// Whether a line was cut.
    pub(crate) cut: bool,
    /// What was kept: a range of the source, and where it stands in the text.
    pieces: Vec<(Span, usize)>,
}

impl Excerpt {
    /// The lines from the first to the last of `places`, and nothing less.
    pub(crate) fn around(source: &Source, places: &[Span]) -> Self {
        let ends = || places.iter().flat_map(|span| [span.start, span.end]);
        let first = source.line(ends().min().unwrap_or(0));
        let last = source.line(ends().max().unwrap_or(0));
        let mut excerpt =
            Self { text: String::new(), first_line: first as usize + 1, cut: false, pieces: Vec::new() };
        for line in first..=last {
            let span = source.line_span(line);
            if span.len() <= LONGEST_LINE {
                excerpt.keep(source, span);
            } else {
                let within: Vec<u32> = ends().filter(|end| span.touches(*end)).collect();
                excerpt.keep_parts(source, span, &within);
                excerpt.cut = true;
            }
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// Where an offset of the source stands in the text, or what was kept of its surroundings.
    pub(crate) fn locate(&self, offset: u32) -> usize {
        let index = self.pieces.partition_point(|(span, _)| span.start <= offset);
        match index.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some((span, at)) => at + (offset.min(span.end) - span.start) as usize,
            None => 0,
        }
    }

    /// Where a range of the source stands in the text.
    pub(crate) fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.locate(span.start);
        start..self.locate(span.end).max(start)
    }

    fn keep(&mut self, source: &Source, span: Span) {
        self.pieces.push((span, self.text.len()));
        self.text.push_str(span.text(&source.text));
    }

    /// Keeps the beginning of a line and what surrounds some places in it.
    fn keep_parts(&mut self, source: &Source, line: Span, places: &[u32]) {
        let boundary = |mut offset: u32| {
            while !source.text.is_char_boundary(offset as usize) {
                offset -= 1;
            }
            offset
        };
        let around = |place: u32| {
            let start = boundary(place.saturating_sub(KEPT).max(line.start));
            Span::new(start, boundary(place.saturating_add(KEPT).min(line.end)))
        };
        let mut parts: Vec<Span> = places.iter().map(|&place| around(place)).collect();
        if parts.is_empty() {
            parts.push(around(line.start));
        }
        parts.sort();
        let mut reached = line.start;
        for part in parts {
            let part = Span::new(part.start.max(reached), part.end.max(reached));
            if part.is_empty() && reached > line.start {
                continue;
            }
            if part.start > reached {
                self.text.push_str(CUT);
            }
            self.keep(source, part);
            reached = part.end;
        }
        if reached < line.end {
            self.text.push_str(CUT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("a.lua".into(), text.into())
    }

    #[test]
    fn ends_of_lines_are_made_equal() {
        let source = source("one\r\ntwo\rthree\n");
        let excerpt = Excerpt::around(&source, &[Span::new(0, 3), Span::new(9, 14)]);
        assert_eq!(excerpt.text, "one\ntwo\nthree\n");
        assert_eq!(&excerpt.text[excerpt.range(Span::new(9, 14))], "three");
        assert_eq!(&excerpt.text[excerpt.range(Span::new(5, 8))], "two");
        // The line end itself.
        assert_eq!(excerpt.range(Span::new(3, 5)), 3..4);
    }

    #[test]
    fn a_long_line_is_cut_around_the_places() {
        let text = format!("{}here{}there{}", "é".repeat(5_000), "x".repeat(5_000), "y".repeat(5_000));
        let source = source(&text);
        let at = u32::try_from(text.find("here").unwrap()).unwrap();
        let excerpt = Excerpt::around(&source, &[Span::new(at, at + 4)]);
        assert!(excerpt.text.len() < 700, "{}", excerpt.text.len());
        assert_eq!(&excerpt.text[excerpt.range(Span::new(at, at + 4))], "here");
        assert!(excerpt.text.starts_with(CUT) && excerpt.text.ends_with("…\n"));
    }

    #[test]
    fn the_empty_line_at_the_end_is_there() {
        let source = source("x\n");
        let excerpt = Excerpt::around(&source, &[Span::empty(2)]);
        assert_eq!((excerpt.text.as_str(), excerpt.first_line), ("\n", 2));
        assert_eq!(excerpt.range(Span::empty(2)), 0..0);
    }
}
