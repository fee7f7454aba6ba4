//! Questions to a JSON schema, as far as `schemars` writes them.

use serde_json::Value as Json;

/// References lead to others at most so often.
const DEEPEST: usize = 16;

/// The schemas that a place may have: several where the file may choose.
pub(in crate::ide) struct Schema<'j> {
    root: &'j Json,
    choices: Vec<&'j Json>,
    /// The schema as it stands where it is used, which may say more than what it refers to.
    written: Option<&'j Json>,
}

/// A key that a table may have.
pub(in crate::ide) struct Property<'j> {
    pub(in crate::ide) name: &'j str,
    pub(in crate::ide) schema: Schema<'j>,
    pub(in crate::ide) required: bool,
}

/// A value that a key may have.
pub(in crate::ide) struct Choice {
    pub(in crate::ide) value: Json,
    pub(in crate::ide) words: Option<String>,
    pub(in crate::ide) is_default: bool,
    pub(in crate::ide) is_example: bool,
}

impl<'j> Schema<'j> {
    pub(in crate::ide) fn root(root: &'j Json) -> Self {
        Self::of(root, root)
    }

    fn of(root: &'j Json, written: &'j Json) -> Self {
        let mut choices = Vec::new();
        resolve(root, written, &mut choices, DEEPEST);
        Self { root, choices, written: Some(written) }
    }

    /// The schema below a path of keys; elements of arrays take no key.
    pub(in crate::ide) fn at(&self, path: &[String]) -> Self {
        let mut choices = self.choices.clone();
        let mut written = self.written;
        for key in path {
            let mut next = Vec::new();
            for table in self.elements(&choices) {
                let property = table.get("properties").and_then(|properties| properties.get(key));
                let other = || table.get("additionalProperties").filter(|other| other.is_object());
                if let Some(schema) = property.or_else(other) {
                    written = Some(schema);
                    resolve(self.root, schema, &mut next, DEEPEST);
                }
            }
            choices = next;
        }
        if choices.is_empty() {
            written = None;
        }
        Self { root: self.root, choices, written }
    }

    /// The choices, with the elements of arrays in their place.
    fn elements(&self, choices: &[&'j Json]) -> Vec<&'j Json> {
        let mut elements = Vec::new();
        for schema in choices {
            elements.push(*schema);
            if let Some(items) = schema.get("items") {
                resolve(self.root, items, &mut elements, DEEPEST);
            }
        }
        elements
    }

    /// The keys of the tables that it may be, or that the arrays hold that it may be.
    pub(in crate::ide) fn properties(&self) -> Vec<Property<'j>> {
        let mut found: Vec<Property<'j>> = Vec::new();
        for table in self.elements(&self.choices) {
            let required = table.get("required").and_then(Json::as_array);
            for (name, schema) in table.get("properties").and_then(Json::as_object).into_iter().flatten() {
                if found.iter().any(|known| known.name == name) {
                    continue;
                }
                let required = required.is_some_and(|required| required.iter().any(|one| one == name));
                found.push(Property { name, schema: Self::of(self.root, schema), required });
            }
        }
        found
    }

    fn types(&self) -> impl Iterator<Item = &'j str> {
        self.choices.iter().flat_map(|schema| {
            let ty = schema.get("type");
            let one = ty.and_then(Json::as_str);
            one.into_iter().chain(ty.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str))
        })
    }

    /// The kind of value, in TOML's words; several are divided by ` or `.
    pub(in crate::ide) fn kind(&self) -> String {
        let mut kinds: Vec<&str> = Vec::new();
        for ty in self.types().filter(|ty| *ty != "null") {
            let kind = if ty == "object" { "table" } else { ty };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds.join(" or ")
    }

    /// It may be a table.
    pub(in crate::ide) fn is_table(&self) -> bool {
        self.types().any(|ty| ty == "object")
    }

    /// It may be an array of tables.
    pub(in crate::ide) fn is_table_list(&self) -> bool {
        self.choices.iter().any(|schema| {
            let mut items = Vec::new();
            if let Some(schema) = schema.get("items") {
                resolve(self.root, schema, &mut items, DEEPEST);
            }
            items.iter().any(|schema| schema.get("type").is_some_and(|ty| ty == "object"))
        })
    }

    /// What is said of it, here or where it is defined.
    pub(in crate::ide) fn description(&self) -> Option<String> {
        let all = self.written.into_iter().chain(self.choices.iter().copied());
        all.filter_map(|schema| schema.get("description")?.as_str()).map(str::to_owned).next()
    }

    /// The value that counts where none is written.
    pub(in crate::ide) fn default(&self) -> Option<&'j Json> {
        let all = self.written.into_iter().chain(self.elements(&self.choices));
        all.filter_map(|schema| schema.get("default")).next()
    }

    /// The values that it may have, as far as they can be listed.
    pub(in crate::ide) fn values(&self) -> Vec<Choice> {
        let mut found: Vec<Choice> = Vec::new();
        let mut add = |value: &Json, words: Option<&Json>, example: bool| {
            if !found.iter().any(|known| known.value == *value) {
                let words = words.and_then(Json::as_str).map(str::to_owned);
                found.push(Choice { value: value.clone(), words, is_default: false, is_example: example });
            }
        };
        let all = self.elements(&self.choices);
        for &schema in &all {
            let words = schema.get("description");
            for value in schema.get("enum").and_then(Json::as_array).into_iter().flatten() {
                add(value, None, false);
            }
            if let Some(value) = schema.get("const") {
                add(value, words, false);
            }
            if schema.get("type").is_some_and(|ty| ty == "boolean") {
                add(&Json::Bool(true), None, false);
                add(&Json::Bool(false), None, false);
            }
            for value in schema.get("examples").and_then(Json::as_array).into_iter().flatten() {
                add(value, None, true);
            }
        }
        if let Some(default) = self.default().filter(|default| !(default.is_array() || default.is_object())) {
            match found.iter_mut().find(|known| known.value == *default) {
                Some(known) => known.is_default = true,
                None if *default != "" => {
                    found.push(Choice {
                        value: default.clone(),
                        words: None,
                        is_default: true,
                        is_example: false,
                    });
                }
                None => {}
            }
        }
        found
    }
}

/// What a schema comes to behind its references and choices.
fn resolve<'j>(root: &'j Json, schema: &'j Json, found: &mut Vec<&'j Json>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
        if let Some(target) = target.strip_prefix('#').and_then(|pointer| root.pointer(pointer)) {
            resolve(root, target, found, depth);
        }
        return;
    }
    let mut is_choice = false;
    for name in ["allOf", "anyOf", "oneOf"] {
        for branch in schema.get(name).and_then(Json::as_array).into_iter().flatten() {
            is_choice = true;
            resolve(root, branch, found, depth);
        }
    }
    if !is_choice || schema.get("properties").is_some() {
        found.push(schema);
    }
}
