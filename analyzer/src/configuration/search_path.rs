//! Where Momentum looks for included configuration files and for scripts, carried over to a policy tree that is not
//! installed under `/opt/msys`.
//!
//! The server looks in `/opt/msys/ecelerity/etc`, then in the working copies `etc/conf/global` and
//! `etc/conf/default` below it; an included file is first looked for beside the file that includes it
//! (`momentum/4/conf-overview`). Scripts are found in the working copies (`momentum/4/4-implementing-policy-scriptlets`).

/// Where Momentum is installed.
const INSTALLED: &str = "/opt/msys/ecelerity/";

/// The names of the working copies below `conf`, in the order of the search.
const WORKING_COPIES: [&str; 2] = ["global", "default"];

/// Folders to search. All paths use `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPath {
    root: String,
    /// Folders that stand for `/opt/msys/ecelerity/etc`.
    etc: Vec<String>,
    /// Folders that stand for `/opt/msys/ecelerity/etc/conf`.
    conf: Vec<String>,
    /// The folder of the main configuration file.
    main: Option<String>,
    /// Templates with `?`.
    lua: Vec<String>,
}

impl SearchPath {
    /// For a policy tree: `root` is the opened folder or that of `momentum-lua.toml`, `main` the path of the main
    /// configuration file, if there is one. Whether the tree is a whole installation, its `etc`, or only a working
    /// copy is seen from the path of `main`.
    pub fn new(root: &str, main: Option<&str>) -> Self {
        let mut path = Self { root: normalize(root), ..Self::default() };
        if let Some(main) = main {
            let folder = parent(&normalize(main)).to_owned();
            match split_last(&folder) {
                (conf, name) if WORKING_COPIES.contains(&name) => {
                    add(&mut path.conf, conf.to_owned());
                    if split_last(conf).1 == "conf" {
                        add(&mut path.etc, parent(conf).to_owned());
                    }
                }
                (_, "etc") => path.add_etc(folder.clone()),
                _ => {
                    path.add_etc(folder.clone());
                    path.add_etc(join(&folder, "etc"));
                }
            }
            path.main = Some(folder);
        }
        path.add_etc(join(&path.root, "etc"));
        add(&mut path.conf, join(&path.root, "conf"));
        path
    }

    /// Puts `entries` before the folders that are searched for Lua anyway. An entry is a folder, or a template whose
    /// `?` stands for the module; relative ones start at the root.
    #[must_use]
    pub fn with_lua_path<S: AsRef<str>>(mut self, entries: impl IntoIterator<Item = S>) -> Self {
        for entry in entries {
            let entry = resolve(&self.root, entry.as_ref());
            if entry.contains('?') {
                add(&mut self.lua, entry);
            } else {
                add(&mut self.lua, join(&entry, "?.lua"));
                add(&mut self.lua, join(&entry, "?/init.lua"));
            }
        }
        self
    }

    fn add_etc(&mut self, folder: String) {
        add(&mut self.conf, join(&folder, "conf"));
        add(&mut self.etc, folder);
    }

    fn working_copies(&self) -> impl Iterator<Item = String> + '_ {
        self.conf.iter().flat_map(|conf| WORKING_COPIES.map(|copy| join(conf, copy)))
    }

    /// Where the file or folder of an `include` may be, best first. `from` is the path of the file that includes it.
    /// Empty for a path that no file can have, such as a URL.
    pub fn include_candidates(&self, path: &str, from: &str) -> Vec<String> {
        let path = path.strip_prefix("file://").or_else(|| path.strip_prefix("persist://")).unwrap_or(path);
        let mut found = Vec::new();
        if path.is_empty() || path.contains("://") || path.contains('\0') {
            return found;
        }
        if !is_absolute(path) {
            add(&mut found, resolve(parent(&normalize(from)), path));
            for folder in self.etc.iter().cloned().chain(self.working_copies()) {
                add(&mut found, resolve(&folder, path));
            }
            return found;
        }
        let path = normalize(path);
        if let Some(below) = path.strip_prefix(INSTALLED) {
            let conf = below.strip_prefix("etc/conf/").or_else(|| below.strip_prefix("conf/"));
            match (conf, below.strip_prefix("etc/")) {
                (Some(below), _) => self.conf.iter().for_each(|conf| add(&mut found, join(conf, below))),
                (None, Some(below)) => self.etc.iter().for_each(|etc| add(&mut found, join(etc, below))),
                (None, None) => {}
            }
            add(&mut found, join(&self.root, below));
        }
        add(&mut found, path);
        found
    }

    /// Where the script of a `source`, or the file of a required module, may be, best first. `.` and `/` both
    /// separate folders. `from` is the script that requires it.
    pub fn script_candidates(&self, source: &str, from: Option<&str>) -> Vec<String> {
        let mut found = Vec::new();
        let module = source.replace('.', "/");
        if module.is_empty() || module.contains('\0') {
            return found;
        }
        if is_absolute(&module) {
            let file = format!("{module}.lua");
            return self.include_candidates(&file, "");
        }
        for template in &self.lua {
            add(&mut found, normalize(&template.replace('?', &module)));
        }
        let file = format!("{module}.lua");
        let beside = from.map(|from| parent(&normalize(from)).to_owned());
        let folders = self.working_copies().chain(self.main.clone()).chain([self.root.clone()]).chain(beside);
        for folder in folders {
            add(&mut found, resolve(&folder, &file));
        }
        // `site/b.lua` requires `site.a`: the folder that it stands in has that name.
        let first = module.split('/').next().unwrap_or_default();
        let mut folder = from.map_or(String::new(), |from| parent(&normalize(from)).to_owned());
        while !folder.is_empty() && folder != "/" {
            if folder.rsplit('/').next() == Some(first) {
                add(&mut found, resolve(parent(&folder), &file));
            }
            folder = parent(&folder).to_owned();
        }
        found
    }
}

/// Whether a script with this `source` comes with Momentum, so that it is not expected in the policy tree.
pub fn comes_with_momentum(source: &str) -> bool {
    let source = source.replace('/', ".");
    source.starts_with("msys.") || source == "policy.policyeditor"
}

fn add(list: &mut Vec<String>, path: String) {
    if !list.contains(&path) {
        list.push(path);
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.get(1..3) == Some(":/")
}

/// The folder that holds `path`: `/a` for `/a/b`, the empty path for `b`.
pub(crate) fn parent(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(("", _)) => "/",
        Some((folder, _)) => folder,
        None => "",
    }
}

fn split_last(path: &str) -> (&str, &str) {
    (parent(path), path.rsplit('/').next().unwrap_or_default())
}

fn join(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        _ if folder.ends_with('/') => format!("{folder}{name}"),
        _ => format!("{folder}/{name}"),
    }
}

fn resolve(folder: &str, path: &str) -> String {
    normalize(&if is_absolute(path) { path.to_owned() } else { join(folder, path) })
}

/// Takes `.`, `..` and doubled separators out of a path; `\` becomes `/`.
pub(crate) fn normalize(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            ".." if path.starts_with('/') => {}
            _ => parts.push(part),
        }
    }
    let start = if path.starts_with('/') { "/" } else { "" };
    format!("{start}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_is_searched_as_the_server_does() {
        let path = SearchPath::new("/tree", Some("/tree/etc/conf/default/ecelerity.conf"));
        assert_eq!(
            path.include_candidates("bindings.conf", "/tree/etc/conf/default/ecelerity.conf"),
            [
                "/tree/etc/conf/default/bindings.conf",
                "/tree/etc/bindings.conf",
                "/tree/etc/conf/global/bindings.conf",
                "/tree/conf/global/bindings.conf",
                "/tree/conf/default/bindings.conf",
            ]
        );
        assert_eq!(
            path.include_candidates("/opt/msys/ecelerity/etc/conf/global/x.conf", "/tree/a.conf"),
            [
                "/tree/etc/conf/global/x.conf",
                "/tree/conf/global/x.conf",
                "/opt/msys/ecelerity/etc/conf/global/x.conf",
            ]
        );
        assert_eq!(
            path.include_candidates("/opt/msys/ecelerity/etc/other.conf", "/tree/a.conf"),
            ["/tree/etc/other.conf", "/opt/msys/ecelerity/etc/other.conf",]
        );
        assert_eq!(path.include_candidates("http://example.com/x", "/tree/a.conf"), Vec::<String>::new());
        assert_eq!(
            path.script_candidates("myscripts.ehlo_phase", None),
            [
                "/tree/etc/conf/global/myscripts/ehlo_phase.lua",
                "/tree/etc/conf/default/myscripts/ehlo_phase.lua",
                "/tree/conf/global/myscripts/ehlo_phase.lua",
                "/tree/conf/default/myscripts/ehlo_phase.lua",
                "/tree/myscripts/ehlo_phase.lua",
            ]
        );
    }

    #[test]
    fn a_working_copy_alone_is_enough() {
        let path = SearchPath::new("repo", Some("repo/default/ecelerity.conf"));
        let found = path.include_candidates("/opt/msys/ecelerity/etc/conf/default/d/x.conf", "");
        assert_eq!(found[0], "repo/default/d/x.conf");
        assert_eq!(path.script_candidates("a/b", None)[..2], ["repo/global/a/b.lua", "repo/default/a/b.lua"]);
    }

    #[test]
    fn a_plain_folder_is_taken_as_it_is() {
        let path = SearchPath::new("", Some("ecelerity.conf"));
        assert_eq!(
            path.include_candidates("conf.d/x.conf", "sub/ecelerity.conf")[..2],
            ["sub/conf.d/x.conf", "conf.d/x.conf"]
        );
        assert!(path.script_candidates("scripts.x", None).contains(&"scripts/x.lua".to_owned()));
    }

    #[test]
    fn files_of_one_folder_require_each_other_by_its_name() {
        let path = SearchPath::new("", None);
        let found = path.script_candidates("site.limits", Some("/policy/site/lists/names.lua"));
        assert_eq!(found.last().map(String::as_str), Some("/policy/site/limits.lua"));
        let found = path.script_candidates("site.limits", Some("/policy/other/names.lua"));
        assert!(!found.contains(&"/policy/site/limits.lua".to_owned()));
    }

    #[test]
    fn configured_lua_paths_come_first() {
        let path = SearchPath::new("/tree", None).with_lua_path(["lib", "vendor/?/main.lua"]);
        let found = path.script_candidates("a.b", Some("/tree/etc/scripts/x.lua"));
        assert_eq!(found[..3], ["/tree/lib/a/b.lua", "/tree/lib/a/b/init.lua", "/tree/vendor/a/b/main.lua"]);
        assert_eq!(found.last().unwrap(), "/tree/etc/scripts/a/b.lua");
        // What the server itself would look for when the extension was not left out.
        assert!(path.script_candidates("a.lua", None).contains(&"/tree/a/lua.lua".to_owned()));
    }

    #[test]
    fn paths_are_normalized() {
        assert_eq!(normalize("a/./b/../c//d"), "a/c/d");
        assert_eq!(normalize("/../a"), "/a");
        assert_eq!(normalize("../a/.."), "..");
        assert_eq!(normalize(r"a\b"), "a/b");
        assert_eq!((parent("/a"), parent("a"), parent("a/b")), ("/", "", "a"));
        assert!(comes_with_momentum("msys.boot") && comes_with_momentum("msys/adaptive"));
        assert!(!comes_with_momentum("msysx.boot"));
    }
}
