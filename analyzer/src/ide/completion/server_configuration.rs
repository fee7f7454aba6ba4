//! Completion in `ecelerity.conf` and the files that it includes.

use super::item::{Insertion, Item, ItemKind, Rank, Subject};
use super::{Completion, finished};
use crate::configuration::ecelerity::{self, Scope, Statement};
use crate::project::{FileId, Project};
use crate::syntax::{Span, offset_u32};
use momentum_lua_stub_reader::model::{About, ConfigurationOption, Named, Version};

/// What may stand at `offset` of a configuration file.
#[must_use]
pub fn complete(project: &Project, file: FileId, offset: u32, target: Version) -> Completion {
    let Some(text) = project.text(file) else { return Completion::default() };
    let cursor = Cursor::new(project, file, text, offset, target);
    let Some(cursor) = cursor else { return Completion::default() };
    let items = cursor.items();
    let typed = Span::new(cursor.word.start, offset).text(text);
    finished(items, cursor.word, typed, false)
}

struct Cursor<'p> {
    project: &'p Project,
    file: FileId,
    text: &'p str,
    target: Version,
    word: Span,
    /// What stands in the line before the word, without the blanks around it.
    before: &'p str,
    /// The word stands in quotes that are open.
    quoted: bool,
    /// The stanzas around the cursor, the outermost first.
    scopes: Vec<Scope>,
}

impl<'p> Cursor<'p> {
    /// `None` inside a comment.
    fn new(project: &'p Project, file: FileId, text: &'p str, offset: u32, target: Version) -> Option<Self> {
        let document = ecelerity::parse(text);
        let at = offset as usize;
        let in_comment = |range: &std::ops::Range<usize>| range.start < at && at <= range.end;
        if document.comments.iter().any(in_comment) {
            return None;
        }
        let line_start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
        let before = text.get(line_start..at)?;
        let quoted = before.matches('"').count() % 2 == 1;
        let start = if quoted {
            line_start + before.rfind('"').map_or(before.len(), |quote| quote + 1)
        } else {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
            line_start + before.trim_end_matches(is_part).len()
        };
        let behind = text.get(at..)?;
        let ends = |c: char| {
            if quoted {
                matches!(c, '"' | '\n')
            } else {
                !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
            }
        };
        let end = at + behind.find(ends).unwrap_or(behind.len());
        let word = Span::new(offset_u32(start), offset_u32(end));
        let before = text.get(line_start..start)?.trim().trim_end_matches('"').trim_end();
        let mut scopes = Vec::new();
        around(&document.statements, at, text, &mut scopes);
        Some(Self { project, file, text, target, word, before, quoted, scopes })
    }

    fn kind(&self) -> Option<String> {
        self.scopes.last().map(|scope| scope.kind.text.to_ascii_lowercase())
    }

    fn items(&self) -> Vec<Item> {
        // Only what begins the statement counts: `scriptlet "scriptlet" { script "a" { source = `.
        let statement = self.before.rsplit(['{', '}', ';']).next().unwrap_or_default().trim();
        if let Some((key, value)) = statement.split_once('=') {
            let key = key.trim().trim_end_matches('+').trim();
            let in_list = value.trim_start().starts_with('(');
            return if in_list || value.trim().is_empty() { self.values(key, in_list) } else { Vec::new() };
        }
        if statement.eq_ignore_ascii_case("include") || statement.eq_ignore_ascii_case("readonly_include") {
            return self.included();
        }
        if self.quoted {
            return if statement.eq_ignore_ascii_case("script") { self.names() } else { Vec::new() };
        }
        if statement.is_empty() { self.statements() } else { Vec::new() }
    }

    /// Options and stanzas of the stanza around the cursor.
    fn statements(&self) -> Vec<Item> {
        let api = self.project.api();
        let kind = self.kind();
        let scope = kind.as_deref().unwrap_or("global");
        let there = |name: &str| self.has(name);
        let options = api.options().into_iter().filter(|option| option.scopes.iter().any(|one| one == scope));
        let mut items: Vec<Item> =
            options.filter(|option| !there(&option.name)).map(|option| self.option(scope, option)).collect();
        let stanzas = api.server().map_or(&[][..], |server| &server.scopes);
        for stanza in stanzas.iter().filter(|stanza| stanza.inside.iter().any(|one| one == scope)) {
            let name = display(&stanza.name);
            let mut item =
                Item::new(name, ItemKind::Stanza).subject(Subject::Stanza(stanza.name.to_string()));
            let head = Insertion::text(name);
            let head = match stanza.named {
                Named::Never => head,
                Named::Maybe | Named::Always => head
                    .then(" \"")
                    .stop(if stanza.name == "scriptlet" { "scriptlet" } else { "name" })
                    .then("\""),
            };
            item.insertion = match stanza.name == "script" {
                true => head.then(" {\n  source = \"").stop("").then("\"\n}").end(),
                false => head.then(" {\n  ").end().then("\n}"),
            };
            items.push(self.rated(item, &stanza.about));
        }
        if kind.is_none() {
            items.push(Item {
                insertion: Insertion::text("include \"").stop("").then("\"").end(),
                ..Item::new("include", ItemKind::Keyword)
            });
        }
        items
    }

    fn option(&self, scope: &str, option: &ConfigurationOption) -> Item {
        let mut item = Item::new(option.name.as_str(), ItemKind::Option);
        item.subject = Some(Subject::Option(scope.to_owned(), option.name.to_string()));
        item.detail = Some(match &option.unit {
            Some(unit) => format!("{}, {unit}", option.kind),
            None => option.kind.to_string(),
        });
        let text = Insertion::text(format!("{} = ", option.name));
        let default = option.default.as_deref().unwrap_or_default();
        item.insertion = match option.kind.as_str() {
            "string" | "action" => text.then("\"").stop(default.trim_matches('"')).then("\"").end(),
            "list" => text.then("( ").stop(default.trim_matches(['(', ')', ' '])).then(" )").end(),
            "scope" => Insertion::text(option.name.as_str()).then(" {\n  ").end().then("\n}"),
            _ => text.stop(default),
        };
        if option.required {
            item.rank = Rank::Near;
        }
        if option.replaced.is_some() {
            item.deprecated = true;
            item.rank = Rank::Deprecated;
        }
        self.rated(item, &option.about)
    }

    /// What a key may be set to, or in a list, what may stand in it.
    fn values(&self, key: &str, in_list: bool) -> Vec<Item> {
        let kind = self.kind();
        let scope = kind.as_deref().unwrap_or("global");
        if scope == "script" && key.eq_ignore_ascii_case("source") {
            return self.sources();
        }
        let options = self.project.api().options();
        let found = options.into_iter().find(|option| {
            option.name.eq_ignore_ascii_case(key) && option.scopes.iter().any(|one| one == scope)
        });
        let Some(option) = found else { return Vec::new() };
        let is_bare = |text: &str| option.kind == "boolean" || text.parse::<f64>().is_ok();
        let quote = |text: &str| {
            if self.quoted || is_bare(text) { text.to_owned() } else { format!("\"{text}\"") }
        };
        let mut items: Vec<Item> = match option.kind.as_str() {
            "boolean" => ["true", "false"].map(|word| Item::new(word, ItemKind::Value)).to_vec(),
            _ => {
                let items = option.values.iter();
                items
                    .map(|value| Item::new(value.as_str(), ItemKind::Value).inserting(quote(value)))
                    .collect()
            }
        };
        for (text, what) in [(&option.default, "default"), (&option.example, "example")] {
            let Some(text) = text else { continue };
            let shown = |text: &str| Item::new(text, ItemKind::Value).detail(what).rank(Rank::Near);
            match listed(text) {
                // As the file writes it, with its parentheses.
                Some(_) if !in_list && !self.quoted => items.push(shown(text)),
                Some(words) => items.extend(words.into_iter().map(|word| shown(word).inserting(quote(word)))),
                None => items.push(shown(text).inserting(quote(text))),
            }
        }
        let subject = Subject::Option(scope.to_owned(), option.name.to_string());
        items.into_iter().map(|item| item.subject(subject.clone())).collect()
    }

    /// The scripts of the tree, as a `source` names them. Those that no stanza loads come first.
    fn sources(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for script in self.project.scripts() {
            let Some(stem) = script.path().strip_suffix(".lua").filter(|stem| !stem.contains('.')) else {
                continue;
            };
            let parts: Vec<&str> = stem.trim_start_matches('/').split('/').collect();
            let names =
                (0..parts.len()).rev().filter_map(|first| parts.get(first..).map(|parts| parts.join("/")));
            let found = names.into_iter().find(|name| {
                let mut servers = self.project.server_configurations();
                servers.any(|server| server.source_file(name) == Some(script.id()))
            });
            let Some(name) = found else { continue };
            let loaded = self.project.server_configurations().any(|server| {
                server
                    .policy()
                    .scripts()
                    .any(|stanza| server.script_file(stanza).is_some_and(|file| file.id() == script.id()))
            });
            let registers = !script.analysis().registrations.is_empty();
            let rank = match (registers, loaded) {
                (true, false) => Rank::Fitting,
                (true, true) => Rank::Usual,
                (false, _) => Rank::Rare,
            };
            let text = if self.quoted { name.clone() } else { format!("\"{name}\"") };
            items.push(Item::new(name, ItemKind::File).inserting(text).rank(rank).detail(script.path()));
        }
        items
    }

    /// The names that scripts register; that of the script which the stanza loads comes first.
    fn names(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for script in self.project.scripts() {
            for name in
                script.analysis().registrations.iter().filter_map(|registration| registration.name.as_ref())
            {
                let mut servers = self.project.server_configurations();
                let loaded = servers.any(|server| {
                    server
                        .policy()
                        .scripts()
                        .any(|stanza| stanza.name.as_ref().is_some_and(|known| known.text == name.as_str()))
                });
                let rank = if loaded { Rank::Rare } else { Rank::Usual };
                items.push(Item::new(name.as_str(), ItemKind::Value).rank(rank).detail(script.path()));
            }
        }
        items
    }

    /// The configuration files of the tree, seen from the one that includes them.
    fn included(&self) -> Vec<Item> {
        let here = self.project.path(self.file).unwrap_or_default();
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let files = self.project.files().filter(|&id| id != self.file);
        let configurations =
            files.filter(|&id| self.project.script(id).is_none()).filter_map(|id| self.project.path(id));
        let below = configurations.filter_map(|path| {
            if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
        });
        let items = below.map(|path| {
            let text = if self.quoted { path.to_owned() } else { format!("\"{path}\"") };
            Item::new(path, ItemKind::File).inserting(text)
        });
        items.collect()
    }

    /// Whether the stanza around the cursor has that option, but for the word that is being written.
    fn has(&self, name: &str) -> bool {
        let Some(scope) = self.scopes.last() else { return false };
        let mut statements = scope.statements.iter();
        statements.any(|statement| match statement {
            Statement::Assignment(assignment) => {
                let here = self.word.touches(offset_u32(assignment.key.range.start));
                assignment.key.is(name) && !here
            }
            _ => false,
        })
    }

    fn rated(&self, mut item: Item, about: &About) -> Item {
        if about.deprecated.is_some() {
            item.deprecated = true;
            item.rank = Rank::Deprecated;
        }
        if !about.available_in(self.target) {
            item.rank = Rank::Unavailable;
            item.detail = Some(format!("not in {}", self.target));
        }
        // `key = ` is there already.
        let behind =
            self.text.get(self.word.end as usize..).unwrap_or_default().trim_start_matches([' ', '\t']);
        if behind.starts_with(['=', '{', '"', '+']) {
            item.insertion = Insertion::text(item.label.clone());
        }
        item
    }
}

/// The stanzas around an offset.
fn around(statements: &[Statement], at: usize, text: &str, found: &mut Vec<Scope>) {
    for statement in statements {
        let Statement::Scope(scope) = statement else { continue };
        let is_before_end = match &scope.close {
            Some(close) => at <= close.start,
            None => {
                at <= scope.range.end
                    || text.get(scope.range.end..at).is_some_and(|gap| gap.trim().is_empty())
            }
        };
        if scope.open.end <= at && is_before_end {
            found.push(scope.clone());
            around(&scope.statements, at, text, found);
            return;
        }
    }
}

/// The words of a list, without their quotes; `None` for another value.
fn listed(value: &str) -> Option<Vec<&str>> {
    let mut rest = value.strip_prefix('(')?.strip_suffix(')')?;
    let mut words = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', ',']);
        let (word, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find([' ', ',']).unwrap_or(rest.len())),
        };
        if word.is_empty() {
            return Some(words);
        }
        words.push(word);
        rest = behind;
    }
}

/// As the documentation's examples write the names of stanzas.
fn display(name: &str) -> &str {
    match name {
        "datasource" => "Datasource",
        "threadpool" => "ThreadPool",
        other => other,
    }
}
