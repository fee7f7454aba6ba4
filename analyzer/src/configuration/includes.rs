//! A whole configuration: the main file with everything it includes, as one tree whose parts know their file.

use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Location;
use super::ecelerity::{self, Document, Include, Statement, SyntaxError, Value, Word};
use super::search_path::{SearchPath, normalize};

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file and its text.
    File(String),
    /// A folder and the names of the files that stand directly in it, in any order.
    Folder(Vec<String>),
    /// Nothing that could be read.
    Missing,
}

/// How many files are opened at most, counting one again each time that it is included.
const INCLUDE_LIMIT: usize = 5_000;

/// How many bytes are read at most, counting a file again each time that it is included.
const SIZE_LIMIT: usize = 64 << 20;

/// How many levels of scopes are kept, across files.
const DEPTH_LIMIT: usize = 200;

/// The index of a file in [`Configuration::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// A range of bytes in a file of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub range: Range<usize>,
}

/// A file of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationFile {
    /// The path that it was opened with.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its own tree, without what it includes.
    pub document: Document,
}

/// A configuration with its includes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    files: Vec<ConfigurationFile>,
    /// What stands in the global scope.
    pub global: ScopeContent,
    /// What is wrong with syntax and includes, in the order in which it was found.
    pub problems: Vec<Problem>,
}

/// The content of a scope, with what was included in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeContent {
    /// Its options, in order; an option that is set twice is here twice.
    pub options: Vec<ConfiguredOption>,
    /// The scopes in it, in order.
    pub scopes: Vec<ConfiguredScope>,
}

/// An option that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredOption {
    /// The file that it stands in; all ranges of key and value are in it.
    pub file: FileId,
    /// Its name. Compare with [`Word::is`].
    pub key: Word,
    /// Its value; `None` where it is missing.
    pub value: Option<Value>,
}

impl ConfiguredOption {
    /// Where the key stands.
    pub fn key_place(&self) -> Place {
        Place { file: self.file, range: self.key.range.clone() }
    }

    /// Where the value stands, or the key where there is no value.
    pub fn value_place(&self) -> Place {
        let range = self.value.as_ref().map_or_else(|| self.key.range.clone(), Value::range);
        Place { file: self.file, range }
    }

    /// The value, if it is a single word.
    pub fn word(&self) -> Option<&Word> {
        self.value.as_ref()?.as_word()
    }
}

/// A scope, one per stanza: stanzas with the same name are not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredScope {
    /// The file that its head stands in.
    pub file: FileId,
    /// What kind of scope it is. Compare with [`Word::is`].
    pub kind: Word,
    /// Its instance name.
    pub name: Option<Word>,
    /// The whole stanza.
    pub range: Range<usize>,
    /// What is in it.
    pub content: ScopeContent,
}

impl ConfiguredScope {
    /// Where kind and name stand.
    pub fn head_place(&self) -> Place {
        let end = self.name.as_ref().unwrap_or(&self.kind).range.end;
        Place { file: self.file, range: self.kind.range.start..end }
    }

    /// Where the name stands, or the kind where there is none.
    pub fn name_place(&self) -> Place {
        let range = self.name.as_ref().unwrap_or(&self.kind).range.clone();
        Place { file: self.file, range }
    }
}

impl ScopeContent {
    /// The last value of an option: the one that counts.
    pub fn option(&self, name: &str) -> Option<&ConfiguredOption> {
        self.options.iter().rev().find(|option| option.key.is(name))
    }

    /// The scopes of a kind that stand directly in this one.
    pub fn scopes_of<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c ConfiguredScope> {
        self.scopes.iter().filter(move |scope| scope.kind.is(kind))
    }
}

/// Something wrong with a configuration. `Display` gives the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where.
    pub place: Place,
}

/// What can be wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The syntax.
    Syntax(SyntaxError),
    /// An include leads nowhere.
    IncludeNotFound {
        /// As written.
        path: String,
        /// The path is absolute: what it names may well be on the server and not in the policy tree.
        absolute: bool,
    },
    /// A file includes itself, directly or through others.
    IncludeCycle {
        /// The paths from the file back to itself.
        chain: Vec<String>,
    },
    /// More files than any configuration has.
    TooManyIncludes,
    /// Scopes and includes in each other deeper than any configuration goes.
    TooDeep,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ProblemKind::Syntax(error) => error.fmt(f),
            ProblemKind::IncludeNotFound { path, absolute: false } => {
                write!(f, "no file or folder `{path}` is found beside this file or in the search path")
            }
            ProblemKind::IncludeNotFound { path, absolute: true } => {
                write!(f, "`{path}` is not in this tree: what it configures is not known here")
            }
            ProblemKind::IncludeCycle { chain } => {
                write!(f, "this file includes itself: {}", chain.join(" -> "))
            }
            ProblemKind::TooManyIncludes => {
                write!(
                    f,
                    "more than {INCLUDE_LIMIT} includes or {} MiB: the rest is not read",
                    SIZE_LIMIT >> 20
                )
            }
            ProblemKind::TooDeep => {
                write!(f, "nested more than {DEPTH_LIMIT} levels deep across files: the rest is not read")
            }
        }
    }
}

impl Configuration {
    /// Reads the main file `path`, whose text is `text`, and everything that it includes. `open` gets paths that may
    /// hold an included file or folder, best first, until one is there.
    pub fn load(path: &str, text: String, search: &SearchPath, open: &dyn Fn(&str) -> Entry) -> Self {
        let mut loader = Loader {
            search,
            open,
            files: Vec::new(),
            known: FxHashMap::default(),
            chain: Vec::new(),
            included: 0,
            size: 0,
            full: false,
            problems: Vec::new(),
        };
        let mut global = ScopeContent::default();
        let main = loader.add(normalize(path), text);
        loader.file(main, 0, &mut global);
        // The file for changes made on the console is read after everything else.
        let local_changes = global.option("local_changes_file").and_then(ConfiguredOption::word).cloned();
        if let Some(local_changes) = local_changes {
            loader.found(&local_changes.text, main, 0, &mut global, &local_changes.range);
        }
        let Loader { files, problems, .. } = loader;
        let files = files.into_iter().map(|file| ConfigurationFile {
            document: std::sync::Arc::unwrap_or_clone(file.document),
            path: file.path,
            text: file.text,
        });
        Self { files: files.collect(), global, problems }
    }

    /// All files, the main one first.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &ConfigurationFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index), file))
    }

    /// A file. `None` only for an id that belongs to another configuration.
    pub fn file(&self, file: FileId) -> Option<&ConfigurationFile> {
        self.files.get(file.0)
    }

    /// `path:line:column` of the beginning of a place.
    pub fn show(&self, place: &Place) -> String {
        match self.file(place.file) {
            Some(file) => format!("{}:{}", file.path, Location::of(&file.text, place.range.start)),
            None => String::new(),
        }
    }
}

struct LoadedFile {
    path: String,
    text: String,
    document: std::sync::Arc<Document>,
}

struct Loader<'l> {
    search: &'l SearchPath,
    open: &'l dyn Fn(&str) -> Entry,
    files: Vec<LoadedFile>,
    /// What a path turned out to be; a folder's files are sorted paths.
    known: FxHashMap<String, Known>,
    /// The files that are being read, each included by the one before it.
    chain: Vec<FileId>,
    included: usize,
    size: usize,
    /// Whether a limit was reached and reported.
    full: bool,
    problems: Vec<Problem>,
}

#[derive(Clone)]
enum Known {
    File(FileId),
    Folder(Vec<String>),
    Missing,
}

impl Loader<'_> {
    fn add(&mut self, path: String, text: String) -> FileId {
        let id = FileId(self.files.len());
        let document = std::sync::Arc::new(ecelerity::parse(&text));
        for error in &document.errors {
            let place = Place { file: id, range: error.range.clone() };
            self.problems.push(Problem { kind: ProblemKind::Syntax(error.clone()), place });
        }
        self.known.insert(path.clone(), Known::File(id));
        self.files.push(LoadedFile { path, text, document });
        id
    }

    fn problem(&mut self, kind: ProblemKind, file: FileId, range: &Range<usize>) {
        self.problems.push(Problem { kind, place: Place { file, range: range.clone() } });
    }

    fn path(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.path)
    }

    fn file(&mut self, file: FileId, depth: usize, into: &mut ScopeContent) {
        let Some(document) = self.files.get(file.0).map(|file| file.document.clone()) else { return };
        self.chain.push(file);
        self.statements(&document.statements, file, depth, into);
        self.chain.pop();
    }

    fn statements(&mut self, statements: &[Statement], file: FileId, depth: usize, into: &mut ScopeContent) {
        for statement in statements {
            match statement {
                Statement::Assignment(assignment) => into.options.push(ConfiguredOption {
                    file,
                    key: assignment.key.clone(),
                    value: assignment.value.clone(),
                }),
                Statement::Scope(scope) => {
                    let mut content = ScopeContent::default();
                    if depth < DEPTH_LIMIT {
                        self.statements(&scope.statements, file, depth + 1, &mut content);
                    } else {
                        self.problem(ProblemKind::TooDeep, file, &scope.head_range());
                    }
                    into.scopes.push(ConfiguredScope {
                        file,
                        kind: scope.kind.clone(),
                        name: scope.name.clone(),
                        range: scope.range.clone(),
                        content,
                    });
                }
                Statement::Include(include) => self.include(include, file, depth, into),
            }
        }
    }

    fn include(&mut self, include: &Include, file: FileId, depth: usize, into: &mut ScopeContent) {
        let Some(path) = &include.path else { return };
        if depth >= DEPTH_LIMIT {
            self.problem(ProblemKind::TooDeep, file, &include.range);
            return;
        }
        if !self.found(&path.text, file, depth, into, &path.range) {
            let absolute = path.text.starts_with('/') || path.text.contains("://");
            let kind = ProblemKind::IncludeNotFound { path: path.text.clone(), absolute };
            self.problem(kind, file, &path.range);
        }
    }

    /// Reads what `path` leads to, if anything.
    fn found(
        &mut self,
        path: &str,
        from: FileId,
        depth: usize,
        into: &mut ScopeContent,
        range: &Range<usize>,
    ) -> bool {
        for candidate in self.search.include_candidates(path, self.path(from)) {
            match self.look_up(candidate) {
                Known::File(file) => {
                    self.enter(file, from, depth, into, range);
                    return true;
                }
                Known::Folder(paths) => {
                    for path in paths {
                        if let Known::File(file) = self.look_up(path) {
                            self.enter(file, from, depth, into, range);
                        }
                    }
                    return true;
                }
                Known::Missing => {}
            }
        }
        false
    }

    fn look_up(&mut self, path: String) -> Known {
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let known = match (self.open)(&path) {
            Entry::File(text) => return Known::File(self.add(path, text)),
            Entry::Folder(mut names) => {
                names.retain(|name| !name.starts_with('.'));
                names.sort();
                Known::Folder(names.iter().map(|name| normalize(&format!("{path}/{name}"))).collect())
            }
            Entry::Missing => Known::Missing,
        };
        self.known.insert(path, known.clone());
        known
    }

    fn enter(
        &mut self,
        file: FileId,
        from: FileId,
        depth: usize,
        into: &mut ScopeContent,
        range: &Range<usize>,
    ) {
        if let Some(start) = self.chain.iter().position(|&open| open == file) {
            let cycle = self.chain.iter().skip(start).chain([&file]);
            let chain = cycle.map(|&file| self.path(file).to_owned()).collect();
            self.problem(ProblemKind::IncludeCycle { chain }, from, range);
            return;
        }
        self.included += 1;
        self.size += self.files.get(file.0).map_or(0, |file| file.text.len());
        if self.included > INCLUDE_LIMIT || self.size > SIZE_LIMIT {
            if !self.full {
                self.problem(ProblemKind::TooManyIncludes, from, range);
            }
            self.full = true;
            return;
        }
        self.file(file, depth + 1, into);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A tree of files in memory; a folder is there when a file stands in it.
    fn load(files: &[(&str, &str)]) -> Configuration {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        let open = |path: &str| {
            if let Some(text) = files.get(path) {
                return Entry::File((*text).to_owned());
            }
            let inside = format!("{path}/");
            let below = files.keys().filter_map(|file| file.strip_prefix(&inside));
            let names: Vec<String> =
                below.filter(|name| !name.contains('/')).rev().map(str::to_owned).collect();
            if names.is_empty() { Entry::Missing } else { Entry::Folder(names) }
        };
        let main = "etc/conf/default/ecelerity.conf";
        Configuration::load(main, files[main].to_owned(), &SearchPath::new("", Some(main)), &open)
    }

    fn shown(content: &ScopeContent, configuration: &Configuration) -> String {
        let mut out = String::new();
        for option in &content.options {
            let value = option.word().map_or("?", |word| &word.text);
            out += &format!("{} = {value} ({})\n", option.key.text, configuration.show(&option.key_place()));
        }
        for scope in &content.scopes {
            let name = scope.name.as_ref().map_or("", |name| &name.text);
            out += &format!("{} {name} ({})\n", scope.kind.text, configuration.show(&scope.head_place()));
            let inner = shown(&scope.content, configuration);
            out.extend(inner.lines().map(|line| format!("  {line}\n")));
        }
        out
    }

    fn problems(configuration: &Configuration) -> Vec<String> {
        let show = |problem: &Problem| format!("{}: {problem}", configuration.show(&problem.place));
        configuration.problems.iter().map(show).collect()
    }

    #[test]
    fn included_files_and_folders_become_part_of_the_scope() {
        let configuration = load(&[
            (
                "etc/conf/default/ecelerity.conf",
                "include \"/opt/msys/ecelerity/etc/conf/default/config.d\"\n\
                 Domain x {\n  readonly_include 'domain.conf'\n}\n\
                 Local_Changes_File = \"local.conf\"\nlast = 1\n",
            ),
            ("etc/conf/default/config.d/20.conf", "second = 2"),
            ("etc/conf/default/config.d/10.conf", "first = 1"),
            ("etc/conf/default/config.d/.hidden.conf", "hidden = 1"),
            ("etc/conf/default/config.d/sub/30.conf", "third = 3"),
            ("etc/conf/global/domain.conf", "TLS = required"),
            ("etc/local.conf", "last = 2"),
        ]);
        assert_eq!(problems(&configuration), Vec::<String>::new());
        assert_eq!(
            shown(&configuration.global, &configuration),
            "first = 1 (etc/conf/default/config.d/10.conf:1:1)\n\
             second = 2 (etc/conf/default/config.d/20.conf:1:1)\n\
             Local_Changes_File = local.conf (etc/conf/default/ecelerity.conf:5:1)\n\
             last = 1 (etc/conf/default/ecelerity.conf:6:1)\n\
             last = 2 (etc/local.conf:1:1)\n\
             Domain x (etc/conf/default/ecelerity.conf:2:1)\n  \
             TLS = required (etc/conf/global/domain.conf:1:1)\n"
        );
        let last = configuration.global.option("LAST").and_then(ConfiguredOption::word);
        assert_eq!(last.unwrap().text, "2");
        assert_eq!(configuration.files().count(), 5);
    }

    #[test]
    fn cycles_missing_files_and_mistakes_are_reported_with_their_file() {
        let configuration = load(&[
            (
                "etc/conf/default/ecelerity.conf",
                "include \"a.conf\"\ninclude \"a.conf\"\ninclude \"none.conf\"\n\
                 readonly_include \"/opt/msys/etc/installer/x.conf\"\n",
            ),
            ("etc/conf/default/a.conf", "a = 1\nScope {\n  include \"b.conf\"\n}\noops\n"),
            ("etc/conf/default/b.conf", "include \"ecelerity.conf\" include \"b.conf\"\nb = 1"),
        ]);
        let cycle = "etc/conf/default/b.conf:1:9: this file includes itself: etc/conf/default/ecelerity.conf -> \
                     etc/conf/default/a.conf -> etc/conf/default/b.conf -> etc/conf/default/ecelerity.conf";
        let own = "etc/conf/default/b.conf:1:34: this file includes itself: \
                   etc/conf/default/b.conf -> etc/conf/default/b.conf";
        assert_eq!(
            problems(&configuration),
            [
                "etc/conf/default/a.conf:5:1: expected `=` or `{` after `oops`, found the end of the file",
                cycle,
                own,
                cycle,
                own,
                "etc/conf/default/ecelerity.conf:3:9: no file or folder `none.conf` is found beside this file or in \
             the search path",
                "etc/conf/default/ecelerity.conf:4:18: `/opt/msys/etc/installer/x.conf` is not in this tree: what it \
             configures is not known here",
            ]
        );
        assert_eq!(configuration.global.options.len(), 2);
    }

    #[test]
    fn files_that_multiply_are_stopped() {
        let bomb: Vec<(String, String)> = (0..20)
            .map(|level| {
                let include = format!("include \"{}.conf\"\n", level + 1);
                (format!("etc/conf/default/{level}.conf"), include.repeat(10))
            })
            .collect();
        let mut files: Vec<(&str, &str)> = vec![("etc/conf/default/ecelerity.conf", "include \"0.conf\"")];
        files.extend(bomb.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let configuration = load(&files);
        assert!(configuration.problems.iter().any(|problem| problem.kind == ProblemKind::TooManyIncludes));

        let nested = "s {".repeat(90) + "include \"next.conf\"";
        let files: Vec<(String, String)> = (0..9)
            .map(|level| {
                let next = format!("{}.conf", level + 1);
                (format!("etc/conf/default/{level}.conf"), nested.replace("next.conf", &next))
            })
            .collect();
        let mut all: Vec<(&str, &str)> = vec![("etc/conf/default/ecelerity.conf", "include \"0.conf\"")];
        all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let configuration = load(&all);
        assert!(configuration.problems.iter().any(|problem| problem.kind == ProblemKind::TooDeep));
    }
}
