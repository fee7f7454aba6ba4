//! What a place means, independent of where it stands: the thing that definitions, references and renames are about.

use super::context_variable;
use super::place::{self, Place};
use super::receiver;
use crate::project::{Dictionary, FileId, Project, Script};
use crate::semantics::Type;
use crate::semantics::environment::global_of_field;
use crate::semantics::scope::{Access, BindingId};
use crate::semantics::types::TableRef;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, StatementKind, TableKey};
use momentum_lua_stub_reader::model::Text;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// What a place means.
#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    /// A local variable or parameter.
    Local(FileId, BindingId),
    /// A field of tables of the project.
    Field(Vec<TableRef>, SmolStr),
    /// A field of the session's table, which the callouts of a registered table get as `self`.
    Session(TableRef, SmolStr),
    /// A global that the project assigns.
    Global(SmolStr),
    /// A function, field or constant of the API: what it stands in (empty for a global) and its name.
    Api(Text, SmolStr),
    /// A field that the project adds to a class or table of the API.
    Extension(Text, SmolStr),
    /// A file that is required.
    Module(FileId),
    /// A context variable: its dictionary and its name.
    ContextVariable(Dictionary, SmolStr),
}

/// Where a symbol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The file.
    pub file: FileId,
    /// The name.
    pub span: Span,
    /// What is done with it there.
    pub role: Role,
}

/// What is done with a symbol at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is declared, or gets its value where it is made.
    Definition,
    /// It is assigned.
    Write,
    /// Its value is used.
    Read,
}

/// What stands at `offset`.
#[must_use]
pub fn at(script: &Script<'_>, offset: u32) -> Option<Symbol> {
    of_place(script, &place::at(script, offset)?)
}

/// What a place means.
#[must_use]
pub fn of_place(script: &Script<'_>, place: &Place) -> Option<Symbol> {
    match place {
        Place::Binding { binding, .. } => Some(Symbol::Local(script.id(), *binding)),
        Place::Global { name, expression, .. } => {
            if let Some(table) = module_field(script, name) {
                return Some(Symbol::Field(vec![table], name.clone()));
            }
            if let Some(member) = script.analysis().members.get(expression) {
                return Some(Symbol::Api(member.owner.clone(), SmolStr::new(&*member.member)));
            }
            if script.project().assigns_global(name) {
                return Some(Symbol::Global(name.clone()));
            }
            let known = script.api().global(name)?;
            Some(Symbol::Api(known.owner().into(), name.clone()))
        }
        Place::Member { expression, base, name, .. } => {
            if let Some(member) = script.analysis().members.get(expression) {
                return Some(Symbol::Api(member.owner.clone(), SmolStr::new(&*member.member)));
            }
            if let Some(name) = global_of_field(script.tree(), script.scopes(), *expression) {
                return script.project().assigns_global(&name).then_some(Symbol::Global(name));
            }
            let ty = receiver::type_of(script, *base);
            let tables = holders(script.project(), &ty, name);
            if !tables.is_empty() {
                return Some(Symbol::Field(tables, name.clone()));
            }
            if let Some(table) = receiver::session_of(script, *base) {
                return Some(Symbol::Session(table, name.clone()));
            }
            let class = ty.class()?;
            match script.api().member(class, name) {
                Some(member) => Some(Symbol::Api(member.owner().into(), name.clone())),
                None => script
                    .project()
                    .is_extended(class, name)
                    .then(|| Symbol::Extension(class.clone(), name.clone())),
            }
        }
        Place::TableField { table, name, .. } => {
            let tables = holders(script.project(), &script.type_of(*table), name);
            (!tables.is_empty()).then(|| Symbol::Field(tables, name.clone()))
        }
        Place::ContextVariable { dictionary, name, .. } => {
            Some(Symbol::ContextVariable(*dictionary, name.clone()))
        }
        Place::Literal { expression, .. } => module(script, *expression).map(Symbol::Module),
    }
}

/// The table of `module(…)`, where a plain name of the file is one of its fields.
fn module_field(script: &Script<'_>, name: &str) -> Option<TableRef> {
    let (_, index) = script.analysis().module_environment.as_ref()?;
    let table = TableRef { file: script.id(), index: *index };
    script.project().table(table)?.field(name).is_some().then_some(table)
}

/// The file that a string names, where it is the argument of `require`.
fn module(script: &Script<'_>, literal: ExpressionId) -> Option<FileId> {
    let span = script.span(literal);
    let require = script.analysis().requires.iter().find(|require| require.name_span == span)?;
    script.project().module_file(&require.module, script.id())
}

/// The tables of a type, or of their metatables, that have a field of that name.
fn holders(project: &Project, ty: &Type, name: &str) -> Vec<TableRef> {
    let mut holders = Vec::new();
    for table in ty.tables() {
        let mut at = whole(project, table);
        // A metatable may lead back to its table.
        for _ in 0..8 {
            let Some(known) = project.table(at) else { break };
            if known.field(name).is_some() {
                holders.push(at);
                break;
            }
            match known.fallback.tables().next() {
                Some(next) => at = whole(project, next),
                None => break,
            }
        }
    }
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// What tables of a type have under a name.
pub(super) fn field_type(project: &Project, ty: &Type, name: &str) -> Type {
    let mut found = Type::never();
    for holder in holders(project, ty, name) {
        if let Some(field) = project.table(holder).and_then(|table| table.field(name)) {
            found.join(&field.ty);
        }
    }
    if found.is_never() { Type::unknown() } else { found }
}

/// The table itself, where a file knows only what it writes to it.
fn whole(project: &Project, table: TableRef) -> TableRef {
    project.table(table).and_then(|known| known.part_of).unwrap_or(table)
}

/// Where a symbol is defined. Nothing for what the API has: that stands in no file.
#[must_use]
pub fn definitions(project: &Project, symbol: &Symbol) -> Vec<Occurrence> {
    match symbol {
        Symbol::Local(file, binding) => project
            .script(*file)
            .map(|script| Occurrence {
                file: *file,
                span: script.scopes().binding(*binding).span,
                role: Role::Definition,
            })
            .into_iter()
            .collect(),
        Symbol::Module(file) => {
            vec![Occurrence { file: *file, span: Span::empty(0), role: Role::Definition }]
        }
        Symbol::Api(..) => Vec::new(),
        Symbol::Field(..)
        | Symbol::Session(..)
        | Symbol::Global(_)
        | Symbol::Extension(..)
        | Symbol::ContextVariable(..) => {
            let mut all = occurrences(project, symbol);
            all.retain(|occurrence| occurrence.role != Role::Read);
            // An assignment counts only where nothing defines it better.
            if all.iter().any(|occurrence| occurrence.role == Role::Definition) {
                all.retain(|occurrence| occurrence.role == Role::Definition);
            }
            all
        }
    }
}

/// Everywhere that a symbol stands, in the order of files and places; the server's configuration comes first.
#[must_use]
pub fn occurrences(project: &Project, symbol: &Symbol) -> Vec<Occurrence> {
    match symbol {
        Symbol::Local(file, _) => {
            project.script(*file).map(|script| occurrences_in(&script, symbol)).unwrap_or_default()
        }
        _ => {
            let listeners = match symbol {
                Symbol::ContextVariable(dictionary, name) => {
                    context_variable::listeners(project, *dictionary, name)
                }
                _ => Vec::new(),
            };
            let in_scripts = project.scripts().flat_map(|script| occurrences_in(&script, symbol));
            listeners.into_iter().chain(in_scripts).collect()
        }
    }
}

/// Everywhere that a symbol stands in one script, in the order of places.
#[must_use]
pub fn occurrences_in(script: &Script<'_>, symbol: &Symbol) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mentions = |name: &str| script.text().contains(name);
    match symbol {
        Symbol::Local(file, binding) if *file == script.id() => local(script, *binding, &mut found),
        Symbol::Local(..) => {}
        Symbol::Module(file) => {
            let requires = script.analysis().requires.iter();
            let these = requires
                .filter(|require| script.project().module_file(&require.module, script.id()) == Some(*file));
            found.extend(these.map(|require| Occurrence {
                file: script.id(),
                span: require.name_span,
                role: Role::Read,
            }));
        }
        Symbol::Global(name) if mentions(name) => global(script, name, &mut found),
        Symbol::Field(tables, name) if mentions(name) => field(script, tables, name, &mut found),
        Symbol::Session(table, name) if mentions(name) => session(script, *table, name, &mut found),
        Symbol::Extension(class, name) if mentions(name) => extension(script, class, name, &mut found),
        Symbol::Api(owner, name) if mentions(name) => api(script, owner, name, &mut found),
        Symbol::ContextVariable(dictionary, name) if mentions(name) => {
            context_variable::occurrences_in(script, *dictionary, name, &mut found);
        }
        Symbol::Global(_)
        | Symbol::Field(..)
        | Symbol::Session(..)
        | Symbol::Extension(..)
        | Symbol::Api(..)
        | Symbol::ContextVariable(..) => {}
    }
    found.sort_unstable();
    found.dedup_by_key(|occurrence| occurrence.span);
    found
}

fn local(script: &Script<'_>, binding: BindingId, found: &mut Vec<Occurrence>) {
    let scopes = script.scopes();
    let declared = scopes.binding(binding);
    let file = script.id();
    if script.text_at(declared.span) == declared.name {
        found.push(Occurrence { file, span: declared.span, role: Role::Definition });
    }
    found.extend(scopes.references(binding).iter().map(|reference| Occurrence {
        file,
        span: reference.span,
        role: role(reference.access),
    }));
}

fn role(access: Access) -> Role {
    match access {
        Access::Read => Role::Read,
        Access::Write => Role::Write,
    }
}

fn global(script: &Script<'_>, name: &str, found: &mut Vec<Occurrence>) {
    if module_field(script, name).is_some() {
        return;
    }
    for reference in script.scopes().globals().iter().filter(|global| global.name == name) {
        let outside = reference.reference.function.is_none();
        let role = match role(reference.reference.access) {
            Role::Write if outside => Role::Definition,
            role => role,
        };
        found.push(Occurrence { file: script.id(), span: reference.reference.span, role });
    }
    if !script.text().contains("_G") {
        return;
    }
    let targets = targets(script);
    for (id, base, _, span) in accesses(script).filter(|(_, _, written, _)| written == name) {
        if global_of_field(script.tree(), script.scopes(), id).is_some() {
            let outside = enclosing(script, base).is_none();
            let role = match targets.contains(&id) {
                true if outside => Role::Definition,
                true => Role::Write,
                false => Role::Read,
            };
            found.push(Occurrence { file: script.id(), span, role });
        }
    }
}

fn session(script: &Script<'_>, table: TableRef, name: &str, found: &mut Vec<Occurrence>) {
    let targets = targets(script);
    for (id, base, _, span) in accesses(script).filter(|(_, _, written, _)| written == name) {
        if receiver::session_of(script, base) == Some(table) {
            let role = if targets.contains(&id) { Role::Write } else { Role::Read };
            found.push(Occurrence { file: script.id(), span, role });
        }
    }
}

fn extension(script: &Script<'_>, class: &str, name: &str, found: &mut Vec<Occurrence>) {
    let targets = targets(script);
    for (id, base, _, span) in accesses(script).filter(|(_, _, written, _)| written == name) {
        if script.type_of(base).class().is_some_and(|known| known == class) {
            let role = if targets.contains(&id) { Role::Definition } else { Role::Read };
            found.push(Occurrence { file: script.id(), span, role });
        }
    }
}

fn api(script: &Script<'_>, owner: &str, name: &str, found: &mut Vec<Occurrence>) {
    let targets = targets(script);
    for (expression, member) in script.analysis().members.iter() {
        if member.owner == owner && &*member.member == name {
            let role = if targets.contains(&expression) { Role::Write } else { Role::Read };
            found.push(Occurrence { file: script.id(), span: name_span(script, expression), role });
        }
    }
    // What is assigned is not among the members that are read.
    for (id, base, _, span) in accesses(script).filter(|(_, _, written, _)| written == name) {
        let ty = script.type_of(base);
        let is_it = || script.api().member(ty.class()?, name).filter(|member| member.owner() == owner);
        if targets.contains(&id) && is_it().is_some() {
            found.push(Occurrence { file: script.id(), span, role: Role::Write });
        }
    }
}

/// Everything that is looked up in something by a constant name: `t.name`, `t:name()`, `t["name"]`. The expression, what
/// it is looked up in, the name, and where that stands.
pub(super) fn accesses<'a>(
    script: &Script<'a>,
) -> impl Iterator<Item = (ExpressionId, ExpressionId, SmolStr, Span)> + use<'a> {
    let script = *script;
    script.tree().expressions().filter_map(move |(id, expression)| {
        let (base, name) = match &expression.kind {
            ExpressionKind::Field { base, name } => (*base, name),
            ExpressionKind::Call(call) => (call.callee, call.method.as_ref()?),
            ExpressionKind::Index { base, key } => {
                let (name, span) = place::written_name(&script, *key)?;
                return Some((id, *base, name, span));
            }
            _ => return None,
        };
        Some((id, base, name.text.clone(), name.span))
    })
}

/// The expressions that assignments and definitions of functions give values to.
pub(super) fn targets(script: &Script<'_>) -> FxHashSet<ExpressionId> {
    let statements = script.tree().statements();
    statements
        .flat_map(|(_, statement)| match &statement.kind {
            StatementKind::Assign { targets, .. } => targets.to_vec(),
            StatementKind::Function { target, .. } => vec![*target],
            _ => Vec::new(),
        })
        .collect()
}

/// The innermost function around an expression.
pub(super) fn enclosing(script: &Script<'_>, expression: ExpressionId) -> Option<FunctionId> {
    script.tree().function_around(script.span(expression))
}

fn field(script: &Script<'_>, tables: &[TableRef], name: &str, found: &mut Vec<Occurrence>) {
    let (project, file) = (script.project(), script.id());
    let tree = script.tree();
    for (index, table) in (0u32..).zip(&script.analysis().tables) {
        let whole = table.part_of.unwrap_or(TableRef { file, index });
        if let Some(known) = table.field(name).filter(|_| tables.contains(&whole)) {
            found.extend(known.writes.iter().enumerate().map(|(position, write)| Occurrence {
                file,
                span: name_in(script, write.name_span, name),
                // Later assignments of plain values change what is there.
                role: if write.function.is_some() || (write.inside.is_none() && position == 0) {
                    Role::Definition
                } else {
                    Role::Write
                },
            }));
        }
    }
    let is_one = |base: ExpressionId| {
        holders(project, &receiver::type_of(script, base), name).iter().any(|table| tables.contains(table))
    };
    for (_, base, _, span) in accesses(script).filter(|(_, _, written, _)| written == name) {
        if is_one(base) {
            found.push(Occurrence { file, span, role: Role::Read });
        }
    }
    for (id, expression) in tree.expressions() {
        let ExpressionKind::Table(fields) = &expression.kind else { continue };
        for key in fields.iter().filter_map(|field| key_in(script, &field.key, name)) {
            if is_one(id) {
                found.push(Occurrence { file, span: key, role: Role::Definition });
            }
        }
    }
    // In a file that says `module(…)`, plain names are fields of its table.
    if module_field(script, name).is_some_and(|table| tables.contains(&table)) {
        let names = script.scopes().globals().iter().filter(|global| global.name == name);
        found.extend(names.map(|global| Occurrence {
            file,
            span: global.reference.span,
            role: role(global.reference.access),
        }));
    }
}

/// Where the key of a constructor's field stands, if it is that name.
fn key_in(script: &Script<'_>, key: &TableKey, name: &str) -> Option<Span> {
    match key {
        TableKey::Name(key) => (key.text == name).then_some(key.span),
        TableKey::Expression(key) => {
            place::written_name(script, *key).filter(|(text, _)| text == name).map(|(_, span)| span)
        }
        TableKey::Positional => None,
    }
}

/// The name inside `["name"]`, or the span itself.
pub(super) fn name_in(script: &Script<'_>, span: Span, name: &str) -> Span {
    let text = script.text_at(span);
    match text.find(name) {
        Some(at) if text.len() > name.len() => {
            let start = span.start + u32::try_from(at).unwrap_or(0);
            Span::new(start, start + u32::try_from(name.len()).unwrap_or(0))
        }
        _ => span,
    }
}

/// The last name of a field expression, method call or name.
fn name_span(script: &Script<'_>, expression: ExpressionId) -> Span {
    match &script.tree().expression(expression).kind {
        ExpressionKind::Field { name, .. } => name.span,
        ExpressionKind::Call(call) => call.method.as_ref().map_or(script.span(expression), |name| name.span),
        _ => script.span(expression),
    }
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::{marked, project_at};

    fn occurrences(text: &str) -> String {
        let (project, file, offset) = project_at(text);
        let symbol = super::at(&project.script(file).unwrap(), offset).expect("a symbol stands there");
        marked(
            &project,
            super::occurrences(&project, &symbol).into_iter().map(|found| (found.file, found.span)),
        )
    }

    #[test]
    fn locals_and_upvalues() {
        let text = "local lim$0it = 3\nlocal function f(limit) return limit end\nlimit = limit + f(limit)\n";
        assert_eq!(occurrences(text), "main.lua 1:7 3:1 3:9 3:19");
    }

    #[test]
    fn fields_through_files() {
        let text = "//- /policy/main.lua\nlocal m = require(\"limits\")\nprint(m.mo$0st, m[\"other\"])\n\
                    //- /policy/limits.lua\nlocal limits = { most = 3 }\nfunction limits.raise()\n  limits.most = limits.most + 1\nend\nreturn limits\n";
        assert_eq!(occurrences(text), "main.lua 2:9\nlimits.lua 1:18 3:10 3:24");
    }

    #[test]
    fn methods_of_a_class() {
        let text = "local List = {}\nList.__index = List\nfunction List.new() return setmetatable({}, List) end\n\
                    function List:ad$0d(x) self[#self + 1] = x end\nlocal l = List.new()\nl:add(1)\n";
        assert_eq!(occurrences(text), "main.lua 4:15 6:3");
    }

    #[test]
    fn fields_by_index_and_by_key() {
        let text = "local t = { [\"mo$0st\"] = 3 }\nt[\"most\"] = t['most'] + t.most\n";
        assert_eq!(occurrences(text), "main.lua 1:15 2:4 2:16 2:27");
    }

    #[test]
    fn globals_by_name_and_through_their_table() {
        let text = "lim$0it = 3\n_G.limit = 4\nprint(_G[\"limit\"], limit)\n";
        assert_eq!(occurrences(text), "main.lua 1:1 2:4 3:11 3:20");
    }

    #[test]
    fn names_of_a_module_file() {
        let text = "//- /policy/main.lua\nlocal m = require(\"limits\")\nm.raise()\n\
                    //- /policy/limits.lua\nmodule(\"limits\", package.seeall)\nfunction ra$0ise() end\nfunction both() raise() end\n";
        assert_eq!(occurrences(text), "main.lua 2:3\nlimits.lua 2:10 3:17");
    }

    #[test]
    fn what_the_project_adds_to_the_api() {
        let text = "function msys.sta$0mp(m) end\nmsys.stamp(1)\n";
        assert_eq!(occurrences(text), "main.lua 1:15 2:6");
    }

    #[test]
    fn the_self_of_callouts_finds_the_registered_table() {
        let text = "local m = {}\nfunction m:note(x) return x end\n\
                    function m:validate_connect(accept, vctx) self.seen = self:no$0te(1) end\n\
                    function m.validate_data(self, msg) return self.note(self, self.seen) end\n\
                    msys.registerModule(\"m\", m)\n";
        assert_eq!(occurrences(text), "main.lua 2:12 3:60 4:49");
        let text = text.replace("no$0te", "note").replace("self.seen)", "self.se$0en)");
        assert_eq!(occurrences(&text), "main.lua 3:48 4:65");
    }

    #[test]
    fn functions_of_the_api() {
        let text =
            "local core = require(\"msys.core\")\nprint(core.VALIDATE$0_CONT, msys.core.VALIDATE_CONT)\n";
        assert_eq!(occurrences(text), "main.lua 2:12 2:37");
    }
}
