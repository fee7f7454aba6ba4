//! Renames a symbol of the project wherever it stands.

use super::place;
use super::receiver;
use super::symbol::{self, Occurrence, Role, Symbol};
use crate::project::{FileId, Script};
use crate::semantics::scope::{BindingId, BindingKind};
use crate::syntax::{Span, TokenKind, offset_u32};
use momentum_lua_stub_reader::luacats::Tag;

/// Why something cannot be renamed, as a sentence for the user.
pub type Refusal = String;

/// The name that would be renamed, or why not.
///
/// # Errors
/// Nothing stands there that the project names itself.
pub fn prepare(script: &Script<'_>, offset: u32) -> Result<Span, Refusal> {
    let nothing = || "there is no name of the project here".to_owned();
    let place = place::at(script, offset).ok_or_else(nothing)?;
    match symbol::of_place(script, &place).ok_or_else(nothing)? {
        Symbol::Api(..) => Err("this is a name of Momentum's API, not of the project".to_owned()),
        Symbol::ContextVariable(_, name) => Err(format!(
            "`{name}` is a context variable: Sieve, C modules and messages in the spool may have it under that name, too"
        )),
        Symbol::Module(_) => Err("a module is renamed by moving its file".to_owned()),
        Symbol::Local(_, binding)
            if script.text_at(script.scopes().binding(binding).span)
                != script.scopes().binding(binding).name =>
        {
            Err("`self` is the name that methods give to their receiver".to_owned())
        }
        Symbol::Field(tables, name) => {
            let hook = script.api().hook(&name).is_some();
            // Whatever stands there: what a call gives may be a function, too.
            let registered = tables.iter().any(|table| {
                let mut scripts = script.project().scripts();
                scripts.any(|one| one.analysis().registrations.iter().any(|one| one.tables.contains(table)))
            });
            if hook && registered {
                Err(format!(
                    "`{name}` is the name by which Momentum calls the function: under another it never runs"
                ))
            } else {
                Ok(place.span())
            }
        }
        Symbol::Local(..) | Symbol::Session(..) | Symbol::Global(_) | Symbol::Extension(..) => {
            Ok(place.span())
        }
    }
}

/// The places where `name` has to be written instead.
///
/// # Errors
/// Nothing stands there that can be renamed, or `name` is no name of Lua.
pub fn rename(script: &Script<'_>, offset: u32, name: &str) -> Result<Vec<Occurrence>, Refusal> {
    let old = prepare(script, offset)?;
    if script.text_at(old) == name {
        return Ok(Vec::new());
    }
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        return Err(format!("`{name}` is no name: letters, digits and `_`, and no digit first"));
    }
    if TokenKind::keyword(name).is_some() {
        return Err(format!("`{name}` is a word of Lua"));
    }
    let symbol =
        symbol::at(script, offset).ok_or_else(|| "there is no name of the project here".to_owned())?;
    let mut places = symbol::occurrences(script.project(), &symbol);
    if let Some(reason) = collision(script, &symbol, &places, name) {
        return Err(reason);
    }
    if let Symbol::Local(_, binding) = symbol {
        places.extend(annotations(script, binding));
        places.sort_unstable();
    }
    Ok(places)
}

/// What else has that name already, so that a rename would change what the code means.
fn collision(script: &Script<'_>, symbol: &Symbol, places: &[Occurrence], name: &str) -> Option<Refusal> {
    let project = script.project();
    let line = |file: FileId, span: Span| project.lines(file).map_or(0, |lines| lines.line(span.start) + 1);
    match symbol {
        Symbol::Local(file, binding) => {
            let scopes = script.scopes();
            let binding = scopes.binding(*binding);
            let taken = scopes.bindings().find(|(_, other)| {
                other.name == name
                    && other.scope.start < binding.scope.end
                    && binding.scope.start < other.scope.end
            });
            if let Some((_, other)) = taken {
                let line = line(*file, other.span);
                return Some(format!("`{name}` is the name of another variable here (line {line})"));
            }
            let mut globals = scopes.globals().iter();
            let hidden = globals
                .find(|global| global.name == name && binding.scope.touches(global.reference.span.start))?;
            let line = line(*file, hidden.reference.span);
            Some(format!("the variable would hide the global `{name}`, which line {line} uses"))
        }
        Symbol::Global(_) => {
            if project.assigns_global(name) || script.api().global(name).is_some() {
                return Some(format!("there is a global `{name}` already"));
            }
            places.iter().find_map(|place| {
                let scopes = project.script(place.file)?.scopes();
                let (_, local) = scopes.visible_at(place.span.start).find(|(_, local)| local.name == name)?;
                let (path, line) = (project.path(place.file)?, line(place.file, local.span));
                Some(format!("`{name}` is a local variable of {path} (line {line}) where the global is used"))
            })
        }
        Symbol::Field(tables, _) => {
            let taken = tables
                .iter()
                .any(|&table| project.table(table).is_some_and(|known| known.field(name).is_some()));
            taken.then(|| format!("the table has a field `{name}` already"))
        }
        Symbol::Session(table, _) => {
            let of_table = project.table(*table).is_some_and(|known| known.field(name).is_some());
            let taken =
                of_table || receiver::session_fields(script, *table).iter().any(|field| field == name);
            taken.then(|| format!("`self` has a field `{name}` already"))
        }
        Symbol::Extension(class, _) => {
            let taken = script.api().member(class, name).is_some() || project.is_extended(class, name);
            taken.then(|| format!("`{class}` has a member `{name}` already"))
        }
        Symbol::Api(..) | Symbol::Module(_) | Symbol::ContextVariable(..) => None,
    }
}

/// The `---@param` that speaks of a parameter.
fn annotations(script: &Script<'_>, binding: BindingId) -> Option<Occurrence> {
    let binding = script.scopes().binding(binding);
    let BindingKind::Parameter(function, _) = binding.kind else { return None };
    let span = script.tree().function(function).span;
    let statements = script.tree().statements().map(|(_, statement)| statement.span);
    let statement = statements.filter(|statement| statement.covers(span)).min_by_key(|span| span.len())?;
    let block = script.annotations().above(script.text(), statement.start)?;
    let named = block.tags.iter().find_map(|line| match &line.tag {
        Tag::Param(param) if param.name.value == binding.name.as_str() => Some(&param.name.range),
        _ => None,
    })?;
    let span = Span::new(offset_u32(named.start), offset_u32(named.end));
    Some(Occurrence { file: script.id(), span, role: Role::Read })
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::{marked, project_at};

    fn rename(text: &str, name: &str) -> Result<String, String> {
        let (project, file, offset) = project_at(text);
        let places = super::rename(&project.script(file).unwrap(), offset, name)?;
        Ok(marked(&project, places.into_iter().map(|place| (place.file, place.span))))
    }

    #[test]
    fn what_the_project_names_is_renamed() {
        assert_eq!(rename("local a$0 = 1\nprint(a)\n", "b"), Ok("main.lua 1:7 2:7".to_owned()));
    }

    #[test]
    fn what_annotations_say_of_a_parameter_goes_along() {
        let text = "---@param m string The mark.\nlocal function f(m$0) return m end\n";
        assert_eq!(rename(text, "mark"), Ok("main.lua 1:11 2:18 2:28".to_owned()));
    }

    #[test]
    fn what_would_mean_something_else_is_refused() {
        assert!(rename("local a$0 = 1\nprint(a)\n", "print").unwrap_err().contains("hide the global"));
        assert!(rename("a$0 = 1\nb = 2\n", "b").unwrap_err().contains("global `b`"));
        assert!(rename("a$0 = 1\nlocal b = a\nb = a\n", "b").unwrap_err().contains("local variable"));
        assert!(rename("local t = { a$0 = 1, b = 2 }\n", "b").unwrap_err().contains("field `b`"));
    }

    #[test]
    fn what_others_name_is_not() {
        assert!(rename("print$0(1)\n", "b").unwrap_err().contains("API"));
        assert!(rename("local a$0 = 1\n", "end").unwrap_err().contains("word of Lua"));
        assert!(rename("local a$0 = 1\nlocal b = a\n", "b").unwrap_err().contains("another variable"));
        assert!(rename("local a$0 = 1\n", "1b").unwrap_err().contains("no name"));
        let callout = "local mod = {}\nfunction mod:validate$0_connect(a, v) return msys.core.VALIDATE_CONT end\n\
                       msys.registerModule(\"m\", mod)\n";
        assert!(rename(callout, "connect").unwrap_err().contains("never runs"));
        let given = "local mod = {}\nmod.validate$0_connect = require(\"unknown\").wrap(print)\nmsys.registerModule(\"m\", mod)\n";
        assert!(rename(given, "connect").unwrap_err().contains("never runs"));
    }
}
