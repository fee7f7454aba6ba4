//! What the API keeps for one machine, and the wrapper around every call.

use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell, RefMut};
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, MultiValue, Value};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{Function, FunctionKind, Text, Type};
use rustc_hash::{FxHashMap, FxHashSet};

use super::registry::Body;
use super::{Call, Registry, answered, neutral, object, schedule, tables, text};
use crate::machine;
use crate::report::{CallCount, Fidelity, Local, Place, Trace, What};
use crate::session::Session;

/// Members of classes that were asked for before.
type Slots = RefCell<FxHashMap<String, FxHashMap<Vec<u8>, object::Slot>>>;

/// What the API keeps for one machine.
pub struct Frame {
    api: Arc<Api>,
    session: Rc<Session>,
    registry: &'static Registry,
    trace: Rc<RefCell<Trace>>,
    /// Modules that were required.
    pub(super) loaded: RefCell<FxHashSet<String>>,
    pub(super) tables: RefCell<FxHashMap<String, mlua::Table>>,
    /// The names of those tables, by their addresses.
    pub(super) classes_of_tables: RefCell<FxHashMap<*const c_void, Rc<str>>>,
    /// What finds the members of those tables.
    pub(super) index: RefCell<Option<mlua::Function>>,
    pub(super) classes: Slots,
    pub(super) opaque_classes: Slots,
    pub(super) registered: RefCell<FxHashSet<TypeId>>,
    callables: RefCell<Vec<Rc<Callable>>>,
    parts: RefCell<FxHashMap<TypeId, Rc<dyn Any>>>,
    running: RefCell<Option<Rc<Running>>>,
    every_call: Cell<bool>,
    /// The call that runs is answered in full, whatever the stub says.
    pub(super) did_the_work: Cell<bool>,
    /// Memory of what was noted: it counts towards the run's limit.
    noted: RefCell<machine::Held>,
    /// The engine's `pcall`, as it was before any script ran.
    pcall: mlua::Function,
}

/// The callout or hook that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its name: `validate_data`.
    pub hook: String,
    /// The phase that it belongs to, if it is one of the phases.
    pub phase: Option<String>,
}

/// A function of the API in one machine.
pub(super) struct Callable {
    pub(super) name: Text,
    pub(super) owner: Text,
    pub(super) member: Text,
    fidelity: Fidelity,
    /// Parameters that must not be nil.
    guards: Vec<Guard>,
    /// The most arguments that a call of an overload has.
    fewer: Option<usize>,
    /// nil is an error of Lua's for functions that the engine brings, and a crash for those of C.
    crashes: bool,
    pub(super) is_method: bool,
    count: Cell<u64>,
    body: Option<&'static Body>,
    /// The session gives results of it.
    answered: bool,
}

/// A parameter that must not be nil.
struct Guard {
    /// From 0, the receiver not counted.
    position: usize,
    name: String,
    /// It may be a number or a text, as constants are.
    may_be_constant: bool,
}

impl Frame {
    /// Puts the API into a state: the globals, and the loader of its modules.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn install(
        lua: &Lua,
        api: Arc<Api>,
        session: Rc<Session>,
        trace: Rc<RefCell<Trace>>,
    ) -> mlua::Result<Rc<Self>> {
        let frame = Rc::new(Self {
            api,
            session,
            registry: Registry::all(),
            trace,
            loaded: RefCell::default(),
            tables: RefCell::default(),
            classes_of_tables: RefCell::default(),
            index: RefCell::default(),
            classes: RefCell::default(),
            opaque_classes: RefCell::default(),
            registered: RefCell::default(),
            callables: RefCell::default(),
            parts: RefCell::default(),
            running: RefCell::default(),
            every_call: Cell::new(false),
            did_the_work: Cell::new(false),
            noted: RefCell::default(),
            pcall: lua.globals().get("pcall")?,
        });
        schedule::install(lua)?;
        machine::set_time(lua, frame.session.clock.seconds());
        tables::install(lua, &frame)?;
        lua.set_app_data(Rc::clone(&frame));
        Ok(frame)
    }

    /// The frame of a state that it was installed in.
    #[must_use]
    pub fn of(lua: &Lua) -> Option<Rc<Self>> {
        lua.app_data_ref::<Rc<Self>>().map(|frame| Rc::clone(&frame))
    }

    /// The stubs.
    #[must_use]
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The same, for whoever keeps it.
    pub(super) fn shared_api(&self) -> &Arc<Api> {
        &self.api
    }

    /// What arrives, and what everything outside answers.
    #[must_use]
    pub fn session(&self) -> &Rc<Session> {
        &self.session
    }

    pub(super) fn registry(&self) -> &'static Registry {
        self.registry
    }

    /// What happened so far. The borrow must not outlive a call into a script.
    pub fn trace(&self) -> RefMut<'_, Trace> {
        self.trace.borrow_mut()
    }

    /// Puts something into the report, at the line of the script that runs. A report that grows beyond the memory of the
    /// run ends it.
    pub fn note(&self, lua: &Lua, what: What) {
        if self.noted.borrow_mut().grow(lua, what.size()).is_ok() {
            self.trace().push(self.place(lua), what);
        }
    }

    /// Puts the value of a condition into the report.
    pub fn note_condition(&self, lua: &Lua, condition: &machine::Condition<'_>) {
        let plain = |value: &Value| {
            matches!(
                value,
                Value::Nil | Value::Boolean(_) | Value::Integer(_) | Value::Number(_) | Value::String(_)
            )
        };
        let what = What::Condition {
            kind: condition.kind,
            text: condition.text.to_owned(),
            value: text::brief(condition.value),
            holds: condition.holds(),
            locals: condition
                .locals
                .iter()
                .filter(|(_, value)| plain(value))
                .map(|(name, value)| Local { name: (*name).to_owned(), value: text::brief(value) })
                .collect(),
            times: 1,
            untold: 0,
            last: None,
        };
        if self.noted.borrow_mut().grow(lua, what.size()).is_ok() {
            let place = Place::from(condition.place.clone());
            let size = what.size();
            if !self.trace().ask(condition.site, place, what) {
                self.noted.borrow_mut().shrink(size);
            }
        }
    }

    /// Whether every call goes into the report with its arguments, not only those that nothing models.
    pub fn note_every_call(&self, every: bool) {
        self.every_call.set(every);
    }

    /// State of a module, which begins as its default and lives as long as the machine.
    #[must_use]
    pub fn part<T: Default + 'static>(&self) -> Rc<RefCell<T>> {
        let mut parts = self.parts.borrow_mut();
        let part = parts.entry(TypeId::of::<T>()).or_insert_with(|| Rc::new(RefCell::new(T::default())));
        // The key is the type's own.
        Rc::clone(part).downcast().unwrap_or_default()
    }

    /// Puts state of a module in place of what it has.
    pub fn set_part<T: 'static>(&self, part: Rc<RefCell<T>>) {
        self.parts.borrow_mut().insert(TypeId::of::<T>(), part);
    }

    /// The callout or hook that runs now.
    #[must_use]
    pub fn running(&self) -> Option<Rc<Running>> {
        self.running.borrow().clone()
    }

    /// The engine's `pcall`, which passes on what ends the run.
    pub(super) fn pcall(&self) -> &mlua::Function {
        &self.pcall
    }

    /// Says which callout or hook runs from now on, and returns the one before.
    pub fn set_running(&self, running: Option<Rc<Running>>) -> Option<Rc<Running>> {
        self.running.replace(running)
    }

    /// The innermost line of a script that runs.
    #[must_use]
    pub fn place(&self, lua: &Lua) -> Option<Place> {
        machine::place(lua).map(Place::from)
    }

    /// How often each function was called, in the order in which scripts first reached them.
    #[must_use]
    pub fn calls(&self) -> Vec<CallCount> {
        let called = |callable: &Rc<Callable>| {
            (callable.count.get() > 0).then(|| CallCount {
                name: callable.name.to_string(),
                fidelity: callable.fidelity,
                count: callable.count.get(),
            })
        };
        self.callables.borrow().iter().filter_map(called).collect()
    }

    /// Whether the modules that something needs were required.
    pub(super) fn has(&self, requires: &[Text]) -> bool {
        requires.is_empty()
            || requires.iter().all(|module| {
                self.loaded.borrow().contains(module.as_str())
                    || self.api.module(module).is_none_or(|module| module.preloaded)
            })
    }

    /// A constant by its full name; nil where there is none.
    pub fn constant(&self, lua: &Lua, name: &str) -> Value {
        match self.api.path(name) {
            Some(Member::Constant(constant)) => {
                neutral::constant_value(lua, &super::constants::value(constant)).unwrap_or(Value::Nil)
            }
            _ => Value::Nil,
        }
    }

    /// A new value of a class that scripts hold.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn object<T: super::Class>(self: &Rc<Self>, lua: &Lua, value: T) -> mlua::Result<mlua::AnyUserData> {
        object::create(lua, self, value)
    }

    /// A new value of a class by its name: a default one of its Rust type, or [`super::Opaque`].
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn object_of(self: &Rc<Self>, lua: &Lua, class: &str) -> mlua::Result<mlua::AnyUserData> {
        object::of_class(lua, self, class)
    }

    /// The Lua function for a function of the stubs.
    pub(super) fn function(
        self: &Rc<Self>,
        lua: &Lua,
        function: &Function,
        body: Option<&'static Body>,
    ) -> mlua::Result<mlua::Function> {
        let answered = self.session.api_answer.iter().any(|answer| answer.function == function.name.as_str());
        let fidelity = match (body, function.fidelity) {
            _ if answered => Fidelity::Fixture,
            (Some(_), Some(fidelity)) => fidelity.into(),
            (Some(_), None) => Fidelity::Modelled,
            (None, _) => Fidelity::Recorded,
        };
        let by_itself = body.is_some() && self.registry.raises_for_nil(&function.owner, &function.member);
        let guarded = |(position, param): (usize, &momentum_lua_stub_reader::model::Param)| {
            (param.nilcrash && !by_itself).then(|| Guard {
                position,
                name: param.name.to_string(),
                may_be_constant: !matches!(&param.ty.without_nil(), Type::Named(name)
                    if matches!(self.api.named_type(name), Some(NamedType::Class(_)))),
            })
        };
        let of_engine =
            |module: &Text| self.api.module(module).is_some_and(|module| module.source == "engine");
        let callable = Rc::new(Callable {
            name: function.name.clone(),
            owner: function.owner.clone(),
            member: function.member.clone(),
            fidelity,
            guards: function.signature.params.iter().enumerate().filter_map(guarded).collect(),
            fewer: function.overloads.iter().filter_map(|overload| overload.most()).max(),
            crashes: !(function.requires.iter().any(of_engine) || of_engine(&function.owner)),
            is_method: function.kind == FunctionKind::Method,
            count: Cell::new(0),
            body,
            answered,
        });
        self.callables.borrow_mut().push(Rc::clone(&callable));
        let frame = Rc::clone(self);
        let suspends = body.is_some() && self.registry.suspends(&callable.owner, &callable.member);
        let function =
            lua.create_function(move |lua, args: MultiValue| frame.invoke(lua, &callable, args))?;
        if suspends { schedule::suspending(lua, function) } else { Ok(function) }
    }

    /// A function that no stub describes: calls are recorded, and give nothing.
    pub(super) fn recorded(
        self: &Rc<Self>,
        lua: &Lua,
        owner: &str,
        member: &str,
    ) -> mlua::Result<mlua::Function> {
        let path = format!("{owner}.{member}");
        let answered = self.session.api_answer.iter().any(|answer| answer.function == path);
        let bare = Callable::bare(path.into(), owner.into(), member.into(), Fidelity::Recorded);
        let callable = Rc::new(Callable { answered, ..bare });
        self.callables.borrow_mut().push(Rc::clone(&callable));
        let frame = Rc::clone(self);
        lua.create_function(move |lua, args: MultiValue| frame.invoke(lua, &callable, args))
    }

    /// A callable for what no script calls by name: fields and metamethods.
    pub(super) fn internal(owner: &str, member: &str, body: &'static Body) -> Callable {
        let path = format!("{owner}.{member}").into();
        let bare = Callable::bare(path, owner.into(), member.into(), Fidelity::Modelled);
        Callable { is_method: true, body: Some(body), ..bare }
    }

    /// Around every call: checks what must not be nil, counts, answers, notes.
    pub(super) fn invoke(
        self: &Rc<Self>,
        lua: &Lua,
        callable: &Callable,
        args: MultiValue,
    ) -> mlua::Result<MultiValue> {
        let call = Call { lua, frame: self, callable };
        callable.count.set(callable.count.get() + 1);
        let is_answered = callable.check_nil(&call, &args)?;
        if !is_answered {
            return self.neutral_results(lua, callable);
        }
        let noted = callable.fidelity != Fidelity::Modelled || self.every_call.get();
        let arguments: Option<Vec<String>> =
            noted.then(|| args.iter().skip(usize::from(callable.is_method)).map(text::named).collect());
        let given = callable.answered.then(|| {
            let arguments: Vec<&Value> = args.iter().skip(usize::from(callable.is_method)).collect();
            answered::answer(&call, args.front(), &arguments)
        });
        let results = match (given.flatten(), callable.body) {
            (Some(given), _) => given?,
            (None, Some(body)) => body(&call, args)?,
            (None, None) => self.neutral_results(lua, callable)?,
        };
        if let Some(arguments) = arguments {
            let in_full = self.did_the_work.take();
            call.note(What::Call {
                name: callable.name.to_string(),
                arguments,
                results: results.iter().map(text::named).collect(),
                fidelity: if in_full { Fidelity::Modelled } else { callable.fidelity },
            });
        }
        Ok(results)
    }

    pub(super) fn neutral_results(
        self: &Rc<Self>,
        lua: &Lua,
        callable: &Callable,
    ) -> mlua::Result<MultiValue> {
        match self.api.member(&callable.owner, &callable.member).and_then(Member::function) {
            Some(function) => neutral::results(lua, self, &function.signature.returns),
            None => Ok(MultiValue::new()),
        }
    }
}

impl Callable {
    /// A function that a call of this one gives, in its name.
    pub(super) fn given(&self) -> Self {
        Self::bare(self.name.clone(), self.owner.clone(), self.member.clone(), self.fidelity)
    }

    /// A function of which no more is known than its name.
    fn bare(name: Text, owner: Text, member: Text, fidelity: Fidelity) -> Self {
        Self {
            name,
            owner,
            member,
            fidelity,
            guards: Vec::new(),
            fewer: None,
            crashes: false,
            is_method: false,
            count: Cell::new(0),
            body: None,
            answered: false,
        }
    }

    /// Whether the call can be answered: not where a constant whose value nobody knows is among the arguments.
    fn check_nil(&self, call: &Call<'_>, args: &MultiValue) -> mlua::Result<bool> {
        if self.is_method && !matches!(args.front(), Some(Value::UserData(_) | Value::Table(_))) {
            let got = args.front().map_or("no value", Value::type_name);
            let (member, owner) = (&self.member, &self.owner);
            return Err(call.raise(format!("calling '{member}' on bad self ({owner} expected, got {got})")));
        }
        for Guard { position, name, may_be_constant } in &self.guards {
            let given = args.get(position + usize::from(self.is_method));
            if given.is_some_and(|value| *value != Value::Nil) {
                continue;
            }
            let count = args.len().saturating_sub(usize::from(self.is_method));
            if given.is_none() && self.fewer.is_some_and(|fewer| count <= fewer && *position >= fewer) {
                continue;
            }
            if !self.crashes {
                let got = if given.is_none() { "no value" } else { "nil" };
                let position = position + 1;
                return Err(call.raise(format!(
                    "bad argument #{position} to '{}' (`{name}` must not be nil, got {got})",
                    self.member
                )));
            }
            if given.is_some() && *may_be_constant && tell_unlisted(call, name) {
                return Ok(false);
            }
            return Err(call.crash(format!("{} was given nil for `{name}`", self.name)));
        }
        Ok(true)
    }
}

/// Says that nil stands for a constant that no page lists, where the script has read such a one.
fn tell_unlisted(call: &Call<'_>, parameter: &str) -> bool {
    let unlisted = call.part::<super::constants::Unlisted>();
    let names = unlisted.borrow().names().to_vec();
    let Some((last, others)) = names.split_last() else { return false };
    let listed = match others {
        [] => format!("no page has the constant {last}, so its value is not known"),
        others => format!(
            "no page has the constants {} and {last}, so their values are not known",
            others.join(", ")
        ),
    };
    let text = format!("{} was given nil for `{parameter}` and did nothing: {listed}", call.name());
    call.note(What::Note { text });
    for name in &names {
        call.unanswered(
            name.clone(),
            format!("[constants]\n\"{name}\" = 0    # the value that the server has"),
        );
    }
    true
}
