//! Renames a symbol of the project wherever it stands.

use super::place;
use super::symbol::{self, Occurrence, Symbol};
use crate::project::Script;
use crate::syntax::{Span, TokenKind};

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
        Symbol::Module(_) => Err("a module is renamed by moving its file".to_owned()),
        Symbol::Local(_, binding)
            if script.text_at(script.scopes().binding(binding).span)
                != script.scopes().binding(binding).name =>
        {
            Err("`self` is the name that methods give to their receiver".to_owned())
        }
        Symbol::Field(tables, name) => {
            let hook = script.api().hook(&name).is_some();
            let registered = tables.iter().any(|table| {
                script.project().script(table.file).is_some_and(|owner| {
                    owner
                        .registered_callouts()
                        .any(|(callout, _)| callout.table == table.index as usize && *callout.name == name)
                })
            });
            if hook && registered {
                Err(format!(
                    "`{name}` is the name by which Momentum calls the function: under another it never runs"
                ))
            } else {
                Ok(place.span())
            }
        }
        Symbol::Local(..) | Symbol::Global(_) => Ok(place.span()),
    }
}

/// The places where `name` has to be written instead.
///
/// # Errors
/// Nothing stands there that can be renamed, or `name` is no name of Lua.
pub fn rename(script: &Script<'_>, offset: u32, name: &str) -> Result<Vec<Occurrence>, Refusal> {
    prepare(script, offset)?;
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
    if let Symbol::Local(_, binding) = symbol {
        let binding = script.scopes().binding(binding);
        let taken = script.scopes().bindings().find(|(_, other)| {
            other.name == name
                && other.scope.start < binding.scope.end
                && binding.scope.start < other.scope.end
        });
        if let Some((_, other)) = taken {
            let line = script.lines().line(other.span.start) + 1;
            return Err(format!("`{name}` is the name of another variable here (line {line})"));
        }
    }
    Ok(symbol::occurrences(script.project(), &symbol))
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
    fn what_others_name_is_not() {
        assert!(rename("print$0(1)\n", "b").unwrap_err().contains("API"));
        assert!(rename("local a$0 = 1\n", "end").unwrap_err().contains("word of Lua"));
        assert!(rename("local a$0 = 1\nlocal b = a\n", "b").unwrap_err().contains("another variable"));
        assert!(rename("local a$0 = 1\n", "1b").unwrap_err().contains("no name"));
        let callout = "local mod = {}\nfunction mod:validate$0_connect(a, v) return msys.core.VALIDATE_CONT end\n\
                       msys.registerModule(\"m\", mod)\n";
        assert!(rename(callout, "connect").unwrap_err().contains("never runs"));
    }
}
