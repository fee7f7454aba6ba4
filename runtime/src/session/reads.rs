//! What a script reads: found by the analysis, so that a session can be prepared for it.

use std::collections::{BTreeMap, BTreeSet};

use momentum_lua_analyzer::project::{FileId, Project, Script};
use momentum_lua_analyzer::semantics::Type;
use momentum_lua_analyzer::semantics::analysis::CallSite;
use momentum_lua_analyzer::semantics::types::Value;
use momentum_lua_stub_reader::model::{Fidelity, Function};

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
    /// HTTP requests: address, where it is known.
    pub(super) http: BTreeMap<Option<String>, Place>,
    pub(super) commands: BTreeMap<String, Place>,
    /// Endpoints: method and path.
    pub(super) endpoints: BTreeMap<(String, String), Place>,
    pub(super) virus: Option<Place>,
    pub(super) spam: Option<Place>,
    pub(super) dkim: Option<Place>,
    pub(super) arc: Option<Place>,
    pub(super) timers: Option<Place>,
    /// Other functions that answer from the session.
    pub(super) fixtures: BTreeMap<String, Place>,
    /// Callouts and hooks that are registered, with their parameters.
    pub(super) hooks: BTreeMap<String, Vec<String>>,
}

/// What `script` and the modules that it requires read.
pub(super) fn of_script(project: &Project, script: FileId) -> Reads {
    let mut reads = Reads::default();
    let mut set = Set::default();
    let mut waiting = vec![script];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(file) = project.script(id) else { continue };
        for call in &file.analysis().calls {
            if let Some(function) = file.called(call) {
                reads.call(&file, call, function, &mut set);
            }
        }
        if id == script {
            for callout in file.analysis().callouts(id, project.api()) {
                if let Some(hook) = project.api().hook(callout.name) {
                    let parameters = hook.params.iter().map(|parameter| parameter.name.to_string()).collect();
                    reads.hooks.insert(callout.name.to_string(), parameters);
                }
            }
        }
        waiting.extend(file.required_modules().iter().filter_map(|module| project.module_file(module, id)));
    }
    // A variable that the scripts set themselves is there when its time comes.
    reads.message_context.retain(|name, _| !set.message.contains(name));
    reads.connection_context.retain(|name, _| !set.connection.contains(name));
    reads
}

#[derive(Default)]
struct Set {
    message: BTreeSet<String>,
    connection: BTreeSet<String>,
}

impl Reads {
    fn call(&mut self, file: &Script<'_>, call: &CallSite, function: &Function, set: &mut Set) {
        let place = || {
            let span = file.span(call.expression);
            let name = file.path().rsplit('/').next().unwrap_or_default();
            let name: String = name.chars().filter(|char| !char.is_control()).collect();
            format!("{name}:{}", file.lines().line(span.start) + 1)
        };
        let argument = |at: usize| call.arguments.get(at);
        let texts = |at: usize| argument(at).map(literals).unwrap_or_default();
        let add = |map: &mut BTreeMap<String, Place>, names: Vec<String>| {
            for name in names {
                map.entry(name).or_insert_with(place);
            }
        };
        let name = format!("{}.{}", function.owner, function.member);
        match name.as_str() {
            "ec_message.header" | "ec_message_part.header" => {
                if call.arguments.len() == 1 {
                    add(&mut self.headers, texts(0));
                }
            }
            "ec_message.address_header" | "ec_message_part.address_header" => {
                add(&mut self.headers, texts(0))
            }
            "ec_message.context_get"
            | "ec_message.context_exists"
            | "ec_message.context_exists_and_get"
            | "validate_context.get"
            | "validate_context.exists" => {
                let of_connection = argument(0).is_some_and(names_connection);
                let map =
                    if of_connection { &mut self.connection_context } else { &mut self.message_context };
                add(map, texts(1));
            }
            "ec_message.context_set" | "validate_context.set" => {
                let names = if argument(0).is_some_and(names_connection) {
                    &mut set.connection
                } else {
                    &mut set.message
                };
                names.extend(texts(1));
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
                let words = (1..call.arguments.len()).map(|at| texts(at).into_iter().next());
                if let Some(path) = words.collect::<Option<Vec<String>>>().filter(|path| !path.is_empty()) {
                    self.options.entry(path).or_insert_with(place);
                }
            }
            "msys.cidr.define" => self.cidr(file, argument(1), &place()),
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
        for value in options.map(Type::values).unwrap_or_default() {
            let Value::Table(table) = value else { continue };
            if table.file != file.id() {
                continue;
            }
            let Some(table) = file.analysis().tables.get(table.index as usize) else { continue };
            let texts = |name: &str| table.field(name).map(|field| literals(&field.ty)).unwrap_or_default();
            for datasource in texts("cachename") {
                let statements = self.datasources.entry(datasource).or_default();
                for query in texts("query") {
                    statements.entry(query).or_insert_with(|| place.to_owned());
                }
            }
            for source in texts("source") {
                self.files.entry(source).or_insert_with(|| place.to_owned());
            }
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

/// The strings that a value is known to be.
fn literals(ty: &Type) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::StringLiteral(text) => Some(text.to_string()),
        _ => None,
    };
    ty.values().iter().filter_map(text).collect()
}

/// Whether a dictionary is that of the connection.
fn names_connection(ty: &Type) -> bool {
    ty.any(|value| matches!(value, Value::Member(member) if member.member.ends_with("_CONN")))
}
