//! What happens to the tables of a file behind their constructors.

use crate::project::{FileId, Script};
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, Name, StatementKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a file does to tables, its own and others.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Values that are put in under numbers or computed keys, by table.
    pub(super) added: FxHashMap<TableRef, Vec<Added>>,
    /// Tables that go where it is not known what becomes of them.
    pub(super) lost: FxHashSet<TableRef>,
    /// Files to whose functions tables are passed: what they do is seen there.
    pub(super) passed: FxHashMap<TableRef, Vec<FileId>>,
}

/// A value that is put into a table.
#[derive(Clone, Debug)]
pub(super) struct Added {
    /// The key, where one is written.
    pub(super) key: AddedKey,
    /// The value.
    pub(super) value: ExpressionId,
    /// The function around.
    pub(super) function: Option<FunctionId>,
}

/// Under which key a value is put into a table.
#[derive(Clone, Debug)]
pub(super) enum AddedKey {
    /// Behind the others.
    Next,
    /// What an expression gives.
    Computed(ExpressionId),
    /// A name, and where it is written.
    Name(Name),
}

/// Functions of the language that leave the tables that they get as they are.
const HARMLESS: &[(&str, &str)] = &[
    ("", "pairs"),
    ("", "ipairs"),
    ("", "next"),
    ("", "type"),
    ("", "print"),
    ("", "tostring"),
    ("", "assert"),
    ("", "unpack"),
    ("", "select"),
    ("", "rawget"),
    ("", "rawequal"),
    // Fields that it sets are known to the analysis.
    ("", "rawset"),
    ("", "setmetatable"),
    ("table", "concat"),
    ("table", "getn"),
    ("table", "maxn"),
    ("table", "foreach"),
    ("table", "foreachi"),
    ("msys.adaptive", "registerRules"),
];

impl Changes {
    pub(super) fn of(script: &Script<'_>) -> Self {
        let mut changes = Self::default();
        changes.assignments(script);
        changes.calls(script);
        changes
    }

    /// The tables that an expression may be. A field that this file gives a table of another one is known here alone.
    fn tables_of(&self, script: &Script<'_>, id: ExpressionId) -> Vec<TableRef> {
        let ty = script.type_of(id);
        if ty.tables().next().is_some() {
            return ty.tables().collect();
        }
        let tree = script.tree();
        let (base, name) = match &tree.expression(id).kind {
            ExpressionKind::Field { base, name } => (*base, name.text.clone()),
            ExpressionKind::Index { base, key } => match script.type_of(*key).string_literal() {
                Some(name) => (*base, name.clone()),
                None => return Vec::new(),
            },
            ExpressionKind::Parenthesized(inner) => return self.tables_of(script, *inner),
            _ => return Vec::new(),
        };
        let mut found = Vec::new();
        for owner in self.tables_of(script, base) {
            let field = script.project().table(owner).and_then(|table| table.field(&name));
            found.extend(field.into_iter().flat_map(|field| field.ty.tables()));
            for added in self.added.get(&owner).into_iter().flatten() {
                if matches!(&added.key, AddedKey::Name(known) if known.text == name) {
                    found.extend(script.type_of(added.value).tables());
                }
            }
        }
        found
    }

    fn add(&mut self, tables: impl IntoIterator<Item = TableRef>, added: &Added) {
        for table in tables {
            self.added.entry(table).or_default().push(added.clone());
        }
    }

    fn calls(&mut self, script: &Script<'_>) {
        let tree = script.tree();
        for site in &script.analysis().calls {
            let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { continue };
            let callee = site.callee.member().map(|member| (member.owner.as_str(), member.member.as_str()));
            if callee.is_some_and(|callee| HARMLESS.contains(&callee)) {
                continue;
            }
            if callee == Some(("table", "insert"))
                && let Some((&table, rest)) = call.arguments.split_first()
                && let Some(&value) = rest.last()
            {
                let added = Added { key: AddedKey::Next, value, function: site.function };
                self.add(self.tables_of(script, table), &added);
                continue;
            }
            let is_of_project = site.callee.all(|value| matches!(value, Value::Function(_)));
            for table in site.arguments.iter().chain(&site.receiver).flat_map(Type::tables) {
                if !is_of_project {
                    self.lost.insert(table);
                    continue;
                }
                for function in site.callee.functions().filter(|function| function.file != script.id()) {
                    self.passed.entry(table).or_default().push(function.file);
                }
            }
        }
    }

    fn assignments(&mut self, script: &Script<'_>) {
        let tree = script.tree();
        for (_, statement) in tree.statements() {
            let StatementKind::Assign { targets, values } = &statement.kind else { continue };
            for (index, &target) in targets.iter().enumerate() {
                let (base, key) = match &tree.expression(target).kind {
                    ExpressionKind::Field { base, name } => (*base, AddedKey::Name(name.clone())),
                    ExpressionKind::Index { base, key } => match script.type_of(*key).string_literal() {
                        Some(name) => {
                            let name = Name { text: name.clone(), span: script.span(*key) };
                            (*base, AddedKey::Name(name))
                        }
                        None => (*base, AddedKey::Computed(*key)),
                    },
                    _ => continue,
                };
                // The analysis knows the fields that a file gives its own tables.
                let is_known =
                    |table: &TableRef| matches!(key, AddedKey::Name(_)) && table.file == script.id();
                let mut tables = self.tables_of(script, base);
                tables.retain(|table| !is_known(table));
                if tables.is_empty() {
                    continue;
                }
                match values.get(index) {
                    Some(&value) => {
                        let function = script.tree().function_around(statement.span);
                        self.add(tables, &Added { key, value, function });
                    }
                    None => self.lost.extend(tables),
                }
            }
        }
    }
}
