//! What a script reads: found by the analysis, so that a session can be prepared for it.

mod macros;
mod passed;

use std::collections::{BTreeMap, BTreeSet};

use momentum_lua_analyzer::project::{FileId, Project, Script};
use momentum_lua_analyzer::semantics::Type;
use momentum_lua_analyzer::semantics::analysis::CallSite;
use momentum_lua_analyzer::semantics::types::Value;
use momentum_lua_analyzer::syntax::tree::ExpressionKind;
use momentum_lua_stub_reader::model::{Fidelity, Function};

use passed::{Passed, literals};

/// Where something is read: `recipients.lua:31`.
type Place = String;

/// What a script, and the modules that it requires, ask of the world.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) headers: BTreeMap<String, Place>,
    pub(super) message_context: BTreeMap<String, Place>,
    pub(super) connection_context: BTreeMap<String, Place>,
    /// Names that are looked up, each with the types of records. `None`: a name that only the run knows.
    pub(super) dns: BTreeMap<(Option<String>, String), Place>,
    /// Datasources, each with the statements that are sent to it.
    pub(super) datasources: BTreeMap<String, BTreeMap<String, Place>>,
    /// Monitors of `inbound_audit`.
    pub(super) audits: BTreeMap<String, Place>,
    /// Options of the configuration, by the words of their paths.
    pub(super) options: BTreeMap<Vec<String>, Place>,
    pub(super) bindings: BTreeMap<String, Place>,
    pub(super) binding_groups: BTreeMap<String, Place>,
    pub(super) files: BTreeMap<String, Place>,
    /// Files of the keys that sign.
    pub(super) keys: BTreeMap<String, Place>,
    /// HTTP requests: address, where it is known.
    pub(super) http: BTreeMap<Option<String>, Place>,
    pub(super) commands: BTreeMap<String, Place>,
    /// Endpoints: method and path.
    pub(super) endpoints: BTreeMap<(String, String), Place>,
    pub(super) virus: Option<Place>,
    pub(super) spam: Option<Place>,
    pub(super) dkim: Option<Place>,
    pub(super) arc: Option<Place>,
    /// The result of SPF, which the server puts into the message context.
    pub(super) spf: Option<Place>,
    pub(super) timers: Option<Place>,
    /// Other functions that answer from the session.
    pub(super) fixtures: BTreeMap<String, Place>,
    /// Functions of the API that are called.
    pub(super) called: BTreeSet<String>,
    /// Callouts and hooks that are registered, with their parameters.
    pub(super) hooks: BTreeMap<String, Vec<String>>,
}

/// What `script` and the modules that it requires read.
pub(super) fn of_script(project: &Project, script: FileId) -> Reads {
    let files = with_modules(project, script);
    let passed = Passed::in_files(&files);
    let mut reads = Reads::default();
    let mut set = Set::default();
    for file in &files {
        for call in &file.analysis().calls {
            if let Some(function) = called(file, call) {
                reads.called.insert(function.name.to_string());
                reads.call(&Reading { file: *file, call, passed: &passed }, function, &mut set);
            }
        }
    }
    if let Some(file) = files.first() {
        for callout in file.analysis().callouts(file.id(), project.api()) {
            if let Some(hook) = project.api().hook(callout.name) {
                let parameters = hook.params.iter().map(|parameter| parameter.name.to_string()).collect();
                reads.hooks.insert(callout.name.to_string(), parameters);
            }
        }
    }
    // A variable that the scripts set themselves is there when its time comes.
    reads.message_context.retain(|name, _| !set.message.contains(name));
    reads.connection_context.retain(|name, _| !set.connection.contains(name));
    reads.spf = reads.message_context.get(SPF_VARIABLE).cloned();
    reads
}

/// Where the runtime puts the session's verdict of SPF.
const SPF_VARIABLE: &str = "spf_status";

/// The script, then the modules that it requires, directly or by others.
fn with_modules(project: &Project, script: FileId) -> Vec<Script<'_>> {
    let mut files = Vec::new();
    let mut waiting = vec![script];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(file) = project.script(id) else { continue };
        files.push(file);
        waiting.extend(file.required_modules().iter().filter_map(|module| project.module_file(module, id)));
    }
    files
}

/// The function of the API that a call calls; where it is not known what has the method, that of a message or of a
/// validation context: modules that are reached through globals get them from callers that nobody sees.
fn called<'a>(file: &Script<'a>, call: &CallSite) -> Option<&'a Function> {
    let known = file.called(call);
    if known.is_some() || call.receiver.as_ref().is_none_or(|receiver| !receiver.is_open()) {
        return known;
    }
    let ExpressionKind::Call(written) = &file.tree().expression(call.expression).kind else { return None };
    let method = written.method.as_ref()?.text.as_str();
    let of_class = |class| file.api().own_members(class).into_iter().find(|member| member.member() == method);
    ["ec_message", "validate_context"].into_iter().find_map(of_class)?.function()
}

/// A call that asks for something.
struct Reading<'r, 'a> {
    file: Script<'a>,
    call: &'r CallSite,
    passed: &'r Passed<'a>,
}

impl Reading<'_, '_> {
    fn place(&self) -> Place {
        let span = self.file.span(self.call.expression);
        let name = self.file.path().rsplit('/').next().unwrap_or_default();
        let name: String = name.chars().filter(|char| !char.is_control()).collect();
        format!("{name}:{}", self.file.lines().line(span.start) + 1)
    }

    /// The texts that the argument at this place may be.
    fn texts(&self, at: usize) -> Vec<String> {
        self.passed.texts(&self.file, self.call, at)
    }

    /// Whether a variable of the connection is meant, and where its name stands: behind the dictionary.
    fn variable(&self) -> (bool, Vec<String>) {
        let dictionary = self.call.arguments.iter().position(names_dictionary);
        let of_connection =
            dictionary.and_then(|at| self.call.arguments.get(at)).is_some_and(names_connection);
        (of_connection, self.texts(dictionary.map_or(1, |at| at + 1)))
    }
}

#[derive(Default)]
struct Set {
    message: BTreeSet<String>,
    connection: BTreeSet<String>,
}

impl Reads {
    fn call(&mut self, reading: &Reading<'_, '_>, function: &Function, set: &mut Set) {
        let place = || reading.place();
        let texts = |at: usize| reading.texts(at);
        let add = |map: &mut BTreeMap<String, Place>, names: Vec<String>| {
            for name in names {
                map.entry(name).or_insert_with(place);
            }
        };
        let name = format!("{}.{}", function.owner, function.member);
        match name.as_str() {
            "ec_message.header" | "ec_message_part.header" => {
                if reading.call.arguments.len() == 1 {
                    add(&mut self.headers, texts(0));
                }
            }
            "ec_message.address_header" | "ec_message_part.address_header" => {
                add(&mut self.headers, texts(0))
            }
            "msys.core.rfc2822_find_first_header" => add(&mut self.headers, texts(1)),
            "ec_message.context_get"
            | "ec_message.context_exists"
            | "ec_message.context_exists_and_get"
            | "validate_context.get"
            | "validate_context.exists"
            | "msys.core.ec_message_context_get"
            | "msys.core.ec_message_context_exists"
            | "msys.core.ec_message_context_exists_and_get"
            | "msys.core.validate_context_get"
            | "msys.core.validate_context_exists"
            | "msys.core.validate_context_exists_and_get" => {
                let (of_connection, names) = reading.variable();
                let map =
                    if of_connection { &mut self.connection_context } else { &mut self.message_context };
                add(map, names);
            }
            "ec_message.context_set"
            | "validate_context.set"
            | "msys.core.ec_message_context_set"
            | "msys.core.validate_context_set" => {
                let (of_connection, names) = reading.variable();
                let set = if of_connection { &mut set.connection } else { &mut set.message };
                set.extend(names);
            }
            "msys.expandMacro" => {
                for text in texts(0) {
                    let named = macros::names_in(&text);
                    add(&mut self.headers, named.headers);
                    add(&mut self.message_context, named.message_context);
                    add(&mut self.connection_context, named.connection_context);
                }
            }
            "msys.dnsLookup" => {
                let mut kinds = texts(1);
                if kinds.is_empty() {
                    kinds.push("a".to_owned());
                }
                let names: Vec<Option<String>> = match texts(0) {
                    names if names.is_empty() => vec![None],
                    names => names.into_iter().map(Some).collect(),
                };
                for kind in &kinds {
                    for name in &names {
                        let key = (name.clone(), kind.to_lowercase());
                        self.dns.entry(key).or_insert_with(place);
                    }
                }
            }
            "msys.db.query" | "msys.db.fetch_row" | "msys.db.execute" => {
                for datasource in texts(0) {
                    let statements = self.datasources.entry(datasource).or_default();
                    add(statements, texts(1));
                }
            }
            "msys.audit.connections" | "msys.audit.receptions" | "msys.audit.rejections" => {
                add(&mut self.audits, texts(0));
            }
            "msys.config" if texts(0).iter().any(|action| action == "get" || action == "eval") => {
                let words = (1..reading.call.arguments.len()).map(|at| texts(at).into_iter().next());
                if let Some(path) = words.collect::<Option<Vec<String>>>().filter(|path| !path.is_empty()) {
                    self.options.entry(path).or_insert_with(place);
                }
            }
            "msys.cidr.define" => self.cidr(&reading.file, reading.call.arguments.get(1), &place()),
            "ec_message.binding" => add(&mut self.bindings, texts(0)),
            "ec_message.binding_group" => add(&mut self.binding_groups, texts(0)),
            "io.open"
            | "io.lines"
            | "msys.readfile"
            | "msys.core.io_wrapper_open"
            | "loadfile"
            | "dofile" => {
                add(&mut self.files, texts(0));
            }
            "http_client.do_request" => self.request(texts(1), &place()),
            "curl_handle.perform" => self.request(Vec::new(), &place()),
            "msys.validate.opendkim.sign" | "msys.validate.dkim.sign" => {
                let options = reading.call.arguments.get(2);
                for path in fields_of(&reading.file, options, "keyfile") {
                    self.keys.entry(path).or_insert_with(place);
                }
            }
            "msys.registerControl" => add(&mut self.commands, texts(0)),
            "msys.httpsrv.register" => {
                for path in texts(1) {
                    let method = texts(0).first().cloned().unwrap_or_else(|| "GET".to_owned());
                    self.endpoints.entry((method, path)).or_insert_with(place);
                }
            }
            _ => self.verdict(&function.owner, function, &place()),
        }
    }

    fn request(&mut self, addresses: Vec<String>, place: &str) {
        let addresses: Vec<Option<String>> =
            if addresses.is_empty() { vec![None] } else { addresses.into_iter().map(Some).collect() };
        for address in addresses {
            self.http.entry(address).or_insert_with(|| place.to_owned());
        }
    }

    /// The datasource or file behind a CIDR table.
    fn cidr(&mut self, file: &Script<'_>, options: Option<&Type>, place: &str) {
        for datasource in fields_of(file, options, "cachename") {
            let statements = self.datasources.entry(datasource).or_default();
            for query in fields_of(file, options, "query") {
                statements.entry(query).or_insert_with(|| place.to_owned());
            }
        }
        for source in fields_of(file, options, "source") {
            self.files.entry(source).or_insert_with(|| place.to_owned());
        }
    }

    fn verdict(&mut self, owner: &str, function: &Function, place: &str) {
        let slot = match owner {
            "msys.av" => Some(&mut self.virus),
            "msys.brightmail" | "msys.symantec_beik" | "msys.commtouch" | "msys.cloudmark"
            | "msys.expurgate" | "msys.spamc" => Some(&mut self.spam),
            "msys.validate.opendkim" | "msys.validate.dkim" | "msys.validate.dk" | "msys.validate.dkim2" => {
                Some(&mut self.dkim)
            }
            "msys.validate.openarc" => Some(&mut self.arc),
            "msys.timer" => Some(&mut self.timers),
            _ => None,
        };
        // Signing asks nobody.
        if matches!(function.member.as_str(), "sign" | "seal") {
            return;
        }
        if let Some(slot) = slot {
            slot.get_or_insert_with(|| place.to_owned());
        } else if function.fidelity == Some(Fidelity::Fixture)
            && owner != "io"
            && owner != "file"
            && owner != "os"
        {
            self.fixtures.entry(function.name.to_string()).or_insert_with(|| place.to_owned());
        }
    }
}

/// The texts that a field of a table of options may hold.
fn fields_of(file: &Script<'_>, options: Option<&Type>, name: &str) -> Vec<String> {
    let tables = options.map(Type::values).unwrap_or_default().iter().filter_map(|value| match value {
        Value::Table(table) if table.file == file.id() => file.analysis().tables.get(table.index as usize),
        _ => None,
    });
    tables.filter_map(|table| table.field(name)).flat_map(|field| literals(&field.ty)).collect()
}

/// Whether a dictionary is that of the connection.
fn names_connection(ty: &Type) -> bool {
    ty.any(|value| matches!(value, Value::Member(member) if member.member.ends_with("_CONN")))
}

/// Whether a value chooses the dictionary of a context variable.
fn names_dictionary(ty: &Type) -> bool {
    let chooses = |name: &str| {
        (name.starts_with("VCTX_") || name.starts_with("ECMESS_CTX_"))
            && (name.ends_with("_CONN") || name.ends_with("_MESS"))
    };
    ty.any(|value| matches!(value, Value::Member(member) if chooses(&member.member)))
}
