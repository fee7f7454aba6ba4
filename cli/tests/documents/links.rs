//! Links within the project lead to files and headings that exist. Of other links only the form is looked at: no test
//! depends on the web.
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::pages::{self, Page};

/// Pages are also linked from outside, by where the code host shows them.
const ONLINE: &str = "https://github.com/momentum-lua/momentum-lua/blob/main/";

/// The path that a link names, from the project's folder, without `.` and `..`; nothing above the project.
fn resolved(page: &str, link: &str) -> Option<String> {
    let mut path = PathBuf::new();
    for part in Path::new(page).parent().unwrap().join(link).components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::ParentDir => path.pop().then_some(())?,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path.to_str().unwrap().replace('\\', "/"))
}

/// The file and the anchor that a link of the project names.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = match path.strip_prefix(ONLINE) {
        Some(path) => path.to_owned(),
        None if path.is_empty() => page.to_owned(),
        None => resolved(page, path)?,
    };
    Some((path, anchor.to_owned()))
}

/// What is wrong with a link.
fn wrong(page: &Page, link: &str, anchors: &BTreeMap<&str, Vec<String>>) -> Option<String> {
    let scheme = link.split_once("://").map(|(scheme, _)| scheme);
    match scheme {
        Some("https") if !link.starts_with(ONLINE) => {
            let host = link["https://".len()..].split(['/', '#', '?']).next().unwrap();
            return (!host.contains('.') || link.contains(char::is_whitespace))
                .then(|| "is no address".to_owned());
        }
        Some("https") | None => {}
        Some(other) => return Some(format!("is {other}, not https")),
    }
    let Some((path, anchor)) = target(&page.path, link) else {
        return Some("leads out of the project".to_owned());
    };
    if !pages::root().join(&path).exists() {
        return Some(format!("`{path}` does not exist"));
    }
    if anchor.is_empty() {
        return None;
    }
    match anchors.get(path.as_str()) {
        None => Some(format!("`{path}` has no headings")),
        Some(known) => (!known.contains(&anchor)).then(|| format!("`{path}` has no heading `#{anchor}`")),
    }
}

#[test]
fn links_lead_somewhere() {
    let pages = pages::all();
    assert!(pages.iter().any(|page| page.path == "README.md"));
    let anchors: BTreeMap<&str, Vec<String>> =
        pages.iter().map(|page| (page.path.as_str(), page.anchors())).collect();
    let mut found = Vec::new();
    for page in &pages {
        for link in page.links() {
            if let Some(wrong) = wrong(page, &link.text, &anchors) {
                found.push(format!("{}:{}: {}: {wrong}", page.path, link.line, link.text));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let links = "[a](docs/rules.md#no-such-rule) [b](docs/nothing.md) [c](../out.md) [d](http://example.com) [e][none] \
                 [f](https://nohost) [g](docs/rules.md#syntax) [h](https://example.com/x)\n";
    let page = Page { path: "page.md".to_owned(), text: links.to_owned() };
    let rules = pages::all().into_iter().find(|page| page.path == "docs/rules.md").unwrap();
    let anchors = BTreeMap::from([("docs/rules.md", rules.anchors())]);
    let found: Vec<bool> =
        page.links().iter().map(|link| wrong(&page, &link.text, &anchors).is_some()).collect();
    assert_eq!(found, [true, true, true, true, true, true, false, false]);
}

/// Whoever begins at the index comes to every page.
#[test]
fn the_index_leads_to_every_page_of_the_documentation() {
    let pages = pages::all();
    let index = pages.iter().find(|page| page.path == "docs/README.md").unwrap();
    let linked: BTreeSet<String> =
        index.links().iter().filter_map(|link| Some(target(&index.path, &link.text)?.0)).collect();
    let missing: Vec<&str> = pages
        .iter()
        .map(|page| page.path.as_str())
        .filter(|path| path.starts_with("docs/") && *path != "docs/README.md" && !linked.contains(*path))
        .collect();
    assert!(missing.is_empty(), "docs/README.md does not lead to {missing:?}");
}
