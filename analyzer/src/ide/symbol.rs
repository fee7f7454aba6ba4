//! What a place means, independent of where it stands: the thing that definitions, references and renames are about.

use super::place::{self, Place};
use crate::project::{FileId, Project, Script};
use crate::semantics::Type;
use crate::semantics::scope::{Access, BindingId};
use crate::semantics::types::TableRef;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, TableKey};
use momentum_lua_stub_reader::model::Text;
use smol_str::SmolStr;

/// What a place means.
#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    /// A local variable or parameter.
    Local(FileId, BindingId),
    /// A field of tables of the project.
    Field(Vec<TableRef>, SmolStr),
    /// A global that the project assigns.
    Global(SmolStr),
    /// A function, field or constant of the API: what it stands in (empty for a global) and its name.
    Api(Text, SmolStr),
    /// A file that is required.
    Module(FileId),
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
        Place::Global { name, expression, .. } => match script.analysis().members.get(expression) {
            Some(member) => Some(Symbol::Api(member.owner.clone(), SmolStr::new(&*member.member))),
            None => script.project().assigns_global(name).then(|| Symbol::Global(name.clone())),
        },
        Place::Member { expression, base, name, .. } => {
            if let Some(member) = script.analysis().members.get(expression) {
                return Some(Symbol::Api(member.owner.clone(), SmolStr::new(&*member.member)));
            }
            let tables = holders(script.project(), &script.type_of(*base), name);
            (!tables.is_empty()).then(|| Symbol::Field(tables, name.clone()))
        }
        Place::TableField { table, name, .. } => {
            let tables = holders(script.project(), &script.type_of(*table), name);
            (!tables.is_empty()).then(|| Symbol::Field(tables, name.clone()))
        }
        Place::Literal { expression, .. } => module(script, *expression).map(Symbol::Module),
    }
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
        Symbol::Field(..) | Symbol::Global(_) => {
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

/// Everywhere that a symbol stands, in the order of files and places.
#[must_use]
pub fn occurrences(project: &Project, symbol: &Symbol) -> Vec<Occurrence> {
    let mut found = Vec::new();
    match symbol {
        Symbol::Local(file, binding) => {
            if let Some(script) = project.script(*file) {
                local(&script, *binding, &mut found);
            }
        }
        Symbol::Module(file) => {
            for script in project.scripts() {
                for require in &script.analysis().requires {
                    if project.module_file(&require.module, script.id()) == Some(*file) {
                        found.push(Occurrence {
                            file: script.id(),
                            span: require.name_span,
                            role: Role::Read,
                        });
                    }
                }
            }
        }
        Symbol::Global(name) => {
            for script in project.scripts() {
                global(&script, name, &mut found);
            }
        }
        Symbol::Field(tables, name) => {
            for script in project.scripts().filter(|script| script.text().contains(name.as_str())) {
                field(&script, tables, name, &mut found);
            }
        }
        Symbol::Api(owner, name) => {
            for script in project.scripts() {
                for (expression, member) in script.analysis().members.iter() {
                    if member.owner == *owner && &*member.member == name.as_str() {
                        let span = name_span(&script, expression);
                        found.push(Occurrence { file: script.id(), span, role: Role::Read });
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|occurrence| (occurrence.file, occurrence.span));
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
    for reference in script.scopes().globals().iter().filter(|global| global.name == name) {
        let outside = reference.reference.function.is_none();
        let role = match role(reference.reference.access) {
            Role::Write if outside => Role::Definition,
            role => role,
        };
        found.push(Occurrence { file: script.id(), span: reference.reference.span, role });
    }
}

fn field(script: &Script<'_>, tables: &[TableRef], name: &str, found: &mut Vec<Occurrence>) {
    let (project, file) = (script.project(), script.id());
    let tree = script.tree();
    for (index, table) in (0u32..).zip(&script.analysis().tables) {
        let whole = table.part_of.unwrap_or(TableRef { file, index });
        if let Some(known) = table.field(name).filter(|_| tables.contains(&whole)) {
            found.extend(known.writes.iter().map(|write| Occurrence {
                file,
                span: name_in(script, write.name_span, name),
                role: if write.function.is_some() || write.inside.is_none() {
                    Role::Definition
                } else {
                    Role::Write
                },
            }));
        }
    }
    for (id, expression) in tree.expressions() {
        let (base, written) = match &expression.kind {
            ExpressionKind::Field { base, name } => (*base, name),
            ExpressionKind::Call(call) => match &call.method {
                Some(method) => (call.callee, method),
                None => continue,
            },
            ExpressionKind::Table(fields) => {
                for key in fields.iter().filter_map(|field| match &field.key {
                    TableKey::Name(key) if key.text == name => Some(key),
                    _ => None,
                }) {
                    if holders(project, &script.type_of(id), name).iter().any(|table| tables.contains(table))
                    {
                        found.push(Occurrence { file, span: key.span, role: Role::Definition });
                    }
                }
                continue;
            }
            _ => continue,
        };
        if written.text == name
            && holders(project, &script.type_of(base), name).iter().any(|table| tables.contains(table))
        {
            found.push(Occurrence { file, span: written.span, role: Role::Read });
        }
    }
}

/// The name inside `["name"]`, or the span itself.
fn name_in(script: &Script<'_>, span: Span, name: &str) -> Span {
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
    fn functions_of_the_api() {
        let text =
            "local core = require(\"msys.core\")\nprint(core.VALIDATE$0_CONT, msys.core.VALIDATE_CONT)\n";
        assert_eq!(occurrences(text), "main.lua 2:12 2:37");
    }
}
