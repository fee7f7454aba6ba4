//! A finding with the source that it is about, in the manner of rustc: the range is underlined, then come other places,
//! notes, links and what each fix would change.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Message, Origin, Patch, Renderer, Snippet,
};
use momentum_lua_analyzer::diagnostic::{Fix, Safety, Severity};
use momentum_lua_analyzer::links;
use momentum_lua_analyzer::syntax::Span;

use super::excerpt::Excerpt;
use crate::finding::{Finding, Place};
use crate::source::Source;
use crate::terminal::Style;

/// Renders all findings, an empty line behind each.
pub(super) fn render(findings: &[Finding], style: Style) -> String {
    let renderer = if style.colors { Renderer::styled() } else { Renderer::plain() };
    // The addresses are written out: not every terminal has links.
    let renderer = renderer.hyperlink(false).term_width(style.width);
    let mut text = String::new();
    for finding in findings {
        text.push_str(&renderer.render(&groups(finding)));
        text.push_str("\n\n");
    }
    text
}

fn groups(finding: &Finding) -> Vec<Group<'_>> {
    let diagnostic = &finding.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.clone().primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let (here, elsewhere): (Vec<&Place>, Vec<&Place>) =
        finding.related.iter().partition(|place| place.source.path == finding.source.path);

    let mut places = vec![(diagnostic.span, AnnotationKind::Primary, None)];
    places
        .extend(here.iter().map(|place| (place.span, AnnotationKind::Context, Some(place.message.as_str()))));
    let shown = snippet(&finding.source, &places);
    let mut groups = Vec::new();
    let mut group = match shown {
        Shown::Whole(snippet) => Group::with_title(title).element(snippet),
        Shown::Cut(snippet) => {
            groups.push(Group::with_title(title).element(origin(&finding.source, diagnostic.span)));
            Group::with_level(level).element(snippet)
        }
    };
    for place in elsewhere {
        let label = [(place.span, AnnotationKind::Context, Some(place.message.as_str()))];
        group = match snippet(&place.source, &label) {
            Shown::Whole(snippet) => group.element(snippet),
            Shown::Cut(_) => group
                .element(origin(&place.source, place.span))
                .element(Level::NOTE.message(place.message.as_str())),
        };
    }
    group = group.elements(diagnostic.notes.iter().map(|note| Level::NOTE.message(note.as_str())));
    group = group.elements(addresses(finding));
    groups.push(group);
    groups.extend(diagnostic.fixes.iter().filter_map(|fix| suggestion(&finding.source, fix)));
    groups
}

fn addresses(finding: &Finding) -> impl Iterator<Item = Message<'_>> {
    let page = finding.page.as_deref().map(|page| Level::NOTE.with_name("page").message(page));
    let rule = Level::NOTE.with_name("rule").message(links::rule(&finding.diagnostic.code));
    page.into_iter().chain([rule])
}

fn origin(source: &Source, span: Span) -> Origin<'_> {
    let start = source.location(span.start);
    Origin::path(source.path.as_str()).line(start.line as usize).char_column(start.column as usize)
}

/// Lines of a source with places in them.
enum Shown<'a> {
    /// As they are.
    Whole(Snippet<'a, Annotation<'a>>),
    /// Cut, so that columns cannot be counted in what is shown.
    Cut(Snippet<'a, Annotation<'a>>),
}

fn snippet<'a>(source: &'a Source, places: &[(Span, AnnotationKind, Option<&'a str>)]) -> Shown<'a> {
    let spans: Vec<Span> = places.iter().map(|(span, ..)| *span).collect();
    let excerpt = Excerpt::around(source, &spans);
    let annotations: Vec<Annotation<'a>> =
        places.iter().map(|(span, kind, label)| kind.span(excerpt.range(*span)).label(*label)).collect();
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).annotations(annotations);
    if excerpt.cut { Shown::Cut(snippet) } else { Shown::Whole(snippet.path(source.path.as_str())) }
}

/// What a fix changes, as a difference. `None` for one that changes nothing.
fn suggestion<'a>(source: &Source, fix: &'a Fix) -> Option<Group<'a>> {
    let spans: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
    if spans.is_empty() {
        return None;
    }
    let excerpt = Excerpt::around(source, &spans);
    let patches: Vec<Patch<'a>> =
        fix.edits.iter().map(|edit| Patch::new(excerpt.range(edit.span), edit.text.as_str())).collect();
    let title = match fix.safety {
        Safety::Safe => fix.title.clone(),
        Safety::Unsafe => format!("{} (unsafe fix)", fix.title),
    };
    let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line).patches(patches);
    Some(Level::HELP.secondary_title(title).element(snippet))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{finding, findings, source, span};
    use super::*;
    use momentum_lua_analyzer::diagnostic::Edit;
    use proptest::prelude::*;

    fn shown(finding: Finding) -> String {
        render(&[finding], Style::PLAIN)
    }

    #[test]
    fn everything_a_finding_has_is_shown() {
        insta::assert_snapshot!(render(&findings(), Style::PLAIN));
    }

    #[test]
    fn colours_are_rustc_s() {
        let text = render(&findings(), Style { colors: true, ..Style::PLAIN });
        assert!(text.contains("\u{1b}[1m\u{1b}[91merror[example-rule]\u{1b}[0m"), "{text:?}");
        assert_eq!(anstream::adapter::strip_str(&text).to_string(), render(&findings(), Style::PLAIN));
    }

    #[test]
    fn columns_are_right_behind_tabs_wide_and_astral_characters() {
        let source = source("a.lua", "\u{feff}\tlocal 𝄞 = \"日本語\" wrong\r\n");
        insta::assert_snapshot!(shown(finding(&source, "wrong", "here")));
    }

    #[test]
    fn a_range_of_several_lines_is_bracketed() {
        let body = "  x = 1\n".repeat(20);
        let source = source("a.lua", &format!("function f()\n{body}end\nlast()\n"));
        let mut finding = finding(&source, "function f()", "a long function");
        finding.diagnostic.span = finding.diagnostic.span.to(span(&source, "end"));
        insta::assert_snapshot!(shown(finding));
    }

    #[test]
    fn a_long_line_is_cut() {
        let source = source("a.lua", &format!("x = \"{}\" wrong {}", "日".repeat(400), "y".repeat(2_000)));
        insta::assert_snapshot!(shown(finding(&source, "wrong", "in a long line")));
    }

    #[test]
    fn the_end_of_a_file_can_be_pointed_at() {
        let source = source("a.lua", "foo(\r\n");
        let mut finding = finding(&source, "foo", "expected `)`");
        finding.diagnostic.span = Span::empty(6);
        insta::assert_snapshot!(shown(finding));
    }

    proptest! {
        #[test]
        fn any_text_and_ranges_render(
            text in "([a-z\u{0}-\u{20}日𝄞\u{feff}\u{301}\u{202e}]|\r\n){0,60}",
            long in any::<bool>(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 8),
        ) {
            let text = if long { text.repeat(40) } else { text };
            let offsets: Vec<usize> =
                text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
            let mut cuts: Vec<u32> =
                cuts.iter().map(|cut| u32::try_from(*cut.get(&offsets)).unwrap()).collect();
            let source = source("a.lua", &text);
            let mut one = finding(&source, "", "message");
            let pair = |a: u32, b: u32| Span::new(a.min(b), a.max(b));
            one.diagnostic.span = pair(cuts[0], cuts[1]);
            let message = String::from("other");
            one.related.push(Place { source: source.clone(), span: pair(cuts[2], cuts[3]), message });
            cuts[4..].sort();
            one.diagnostic.fixes.push(Fix {
                title: "Mend".to_owned(),
                safety: Safety::Safe,
                edits: vec![
                    Edit::replace(pair(cuts[4], cuts[5]), "a\nb"),
                    Edit::replace(pair(cuts[6], cuts[7]), ""),
                ],
            });
            let start = one.start();
            let report = render(&[one], Style::PLAIN);
            let place = format!("a.lua:{}:{}\n", start.line, start.column);
            prop_assert!(report.contains(&place), "{place}{report}");
        }
    }
}
