//! The bodies that modules register.

use std::any::Any;
use std::rc::Rc;
use std::sync::OnceLock;

use mlua::{AnyUserData, FromLuaMulti, IntoLuaMulti, Lua, MultiValue, UserDataRef, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Call, Class, Frame, MODULES, error, object};

/// What answers a call.
pub(super) type Body = Box<dyn Fn(&Call<'_>, MultiValue) -> mlua::Result<MultiValue> + Send + Sync>;

/// A field: how to read it, and how to set it where a script may.
pub(super) struct FieldBody {
    pub(super) get: Option<Body>,
    pub(super) set: Option<Body>,
}

/// Makes a value of a class out of nothing.
pub(super) type Maker = fn(&Lua, &Rc<Frame>) -> mlua::Result<AnyUserData>;

/// What `require` of a module does beside giving its table.
pub(super) type Setup = fn(&Lua, &mlua::Table) -> mlua::Result<()>;

type ByOwner<T> = FxHashMap<&'static str, FxHashMap<&'static str, T>>;

/// What Lua calls for an operator or the like.
pub(super) struct Metamethod {
    pub(super) name: &'static str,
    pub(super) body: Body,
    /// The first operand is a value of the class.
    pub(super) has_receiver: bool,
}

/// All bodies, by the names of the stubs.
#[derive(Default)]
pub struct Registry {
    /// By owner and member.
    functions: ByOwner<Body>,
    fields: ByOwner<FieldBody>,
    metamethods: FxHashMap<&'static str, Vec<Metamethod>>,
    indexed: FxHashMap<&'static str, FieldBody>,
    setups: FxHashMap<&'static str, Setup>,
    makers: FxHashMap<&'static str, Maker>,
    /// Functions that may suspend the job that calls them.
    suspending: FxHashSet<(&'static str, &'static str)>,
    /// Functions whose bodies see nil where it must not be, since pages say which error they raise then.
    raising: FxHashSet<(&'static str, &'static str)>,
}

impl Registry {
    /// The bodies of all modules.
    #[must_use]
    pub fn all() -> &'static Self {
        static ALL: OnceLock<Registry> = OnceLock::new();
        ALL.get_or_init(|| {
            let mut registry = Registry::default();
            MODULES.iter().for_each(|register| register(&mut registry));
            registry
        })
    }

    /// A function of a table, or a global one: `msys.pcre.match`, `print`.
    pub fn function<F, A, R>(&mut self, path: &'static str, body: F)
    where
        F: Fn(&Call<'_>, A) -> mlua::Result<R> + Send + Sync + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        let (owner, member) = divided(path);
        self.functions.entry(owner).or_default().insert(member, boxed(body));
    }

    /// A function that waits: where a job calls it that can be suspended, the body returns the schedule's marker.
    pub(super) fn suspending<F, A>(&mut self, path: &'static str, body: F)
    where
        F: Fn(&Call<'_>, A) -> mlua::Result<MultiValue> + Send + Sync + 'static,
        A: FromLuaMulti,
    {
        self.suspending.insert(divided(path));
        self.function(path, body);
    }

    /// A method that waits.
    pub(super) fn suspending_method<F, T, A>(&mut self, member: &'static str, body: F)
    where
        F: Fn(&Call<'_>, &T, A) -> mlua::Result<MultiValue> + Send + Sync + 'static,
        T: Class,
        A: FromLuaMulti,
    {
        self.suspending.insert((T::NAME, member));
        self.method(member, body);
    }

    /// A function that raises an error of its own for nil, where others of C would crash.
    pub(super) fn raising_for_nil<F, A, R>(&mut self, path: &'static str, body: F)
    where
        F: Fn(&Call<'_>, A) -> mlua::Result<R> + Send + Sync + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.raising.insert(divided(path));
        self.function(path, body);
    }

    pub(super) fn raises_for_nil(&self, owner: &str, member: &str) -> bool {
        self.raising.contains(&(owner, member))
    }

    pub(super) fn suspends(&self, owner: &str, member: &str) -> bool {
        self.suspending.contains(&(owner, member))
    }

    /// A method of the class of its receiver.
    pub fn method<F, T, A, R>(&mut self, member: &'static str, body: F)
    where
        F: Fn(&Call<'_>, &T, A) -> mlua::Result<R> + Send + Sync + 'static,
        T: Class,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.functions.entry(T::NAME).or_default().insert(member, with_receiver(body));
    }

    /// A field that scripts read.
    pub fn field<F, T, R>(&mut self, member: &'static str, get: F)
    where
        F: Fn(&Call<'_>, &T) -> mlua::Result<R> + Send + Sync + 'static,
        T: Class,
        R: IntoLuaMulti,
    {
        let get = with_receiver(move |call: &Call<'_>, this: &T, (): ()| get(call, this));
        self.fields.entry(T::NAME).or_default().insert(member, FieldBody { get: Some(get), set: None });
    }

    /// A field that scripts read and set.
    pub fn writable<G, S, T, R, V>(&mut self, member: &'static str, get: G, set: S)
    where
        G: Fn(&Call<'_>, &T) -> mlua::Result<R> + Send + Sync + 'static,
        S: Fn(&Call<'_>, &T, V) -> mlua::Result<()> + Send + Sync + 'static,
        T: Class,
        R: IntoLuaMulti,
        V: FromLuaMulti,
    {
        let get = with_receiver(move |call: &Call<'_>, this: &T, (): ()| get(call, this));
        self.fields
            .entry(T::NAME)
            .or_default()
            .insert(member, FieldBody { get: Some(get), set: Some(with_receiver(set)) });
    }

    /// A field that scripts set; reading its name gives the method that is called the same.
    pub fn settable<S, T, V>(&mut self, member: &'static str, set: S)
    where
        S: Fn(&Call<'_>, &T, V) -> mlua::Result<()> + Send + Sync + 'static,
        T: Class,
        V: FromLuaMulti,
    {
        let body = FieldBody { get: None, set: Some(with_receiver(set)) };
        self.fields.entry(T::NAME).or_default().insert(member, body);
    }

    /// The server hands out values of this class that begin as their default: where a field or a neutral result is one.
    pub fn default_of<T: Class + Default>(&mut self) {
        self.makers.insert(T::NAME, |lua, frame| object::create(lua, frame, T::default()));
    }

    /// When the module is first required, something is done with its table.
    pub fn required(&mut self, module: &'static str, setup: fn(&Lua, &mlua::Table) -> mlua::Result<()>) {
        self.setups.insert(module, setup);
    }

    /// Values of this class are like tables: any key may be read and set.
    pub fn indexed<G, S, T, R, V>(&mut self, get: G, set: S)
    where
        G: Fn(&Call<'_>, &T, mlua::Value) -> mlua::Result<R> + Send + Sync + 'static,
        S: Fn(&Call<'_>, &T, V) -> mlua::Result<()> + Send + Sync + 'static,
        T: Class,
        R: IntoLuaMulti,
        V: FromLuaMulti,
    {
        let body = FieldBody { get: Some(with_receiver(get)), set: Some(with_receiver(set)) };
        self.indexed.insert(T::NAME, body);
    }

    /// A metamethod of a class: `__tostring`, `__len`, `__iter`. `__index` and `__newindex` are the frame's.
    pub fn meta<F, T, A, R>(&mut self, name: &'static str, body: F)
    where
        F: Fn(&Call<'_>, &T, A) -> mlua::Result<R> + Send + Sync + 'static,
        T: Class,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.metamethods.entry(T::NAME).or_default().push(Metamethod {
            name,
            body: with_receiver(body),
            has_receiver: true,
        });
    }

    /// A metamethod for an operator, whose operands come as they stand: the value of the class may be either.
    pub fn operator<F, T, R>(&mut self, name: &'static str, body: F)
    where
        F: Fn(&Call<'_>, (mlua::Value, mlua::Value)) -> mlua::Result<R> + Send + Sync + 'static,
        T: Class,
        R: IntoLuaMulti,
    {
        self.metamethods.entry(T::NAME).or_default().push(Metamethod {
            name,
            body: boxed(body),
            has_receiver: false,
        });
    }

    pub(super) fn body(&self, owner: &str, member: &str) -> Option<&Body> {
        self.functions.get(owner)?.get(member)
    }

    pub(super) fn field_body(&self, class: &str, member: &str) -> Option<&FieldBody> {
        self.fields.get(class)?.get(member)
    }

    pub(super) fn metamethods(&self, class: &str) -> &[Metamethod] {
        self.metamethods.get(class).map_or(&[], Vec::as_slice)
    }

    pub(super) fn setup(&self, module: &str) -> Option<Setup> {
        self.setups.get(module).copied()
    }

    pub(super) fn indexed_body(&self, class: &str) -> Option<&FieldBody> {
        self.indexed.get(class)
    }

    pub(super) fn maker(&self, class: &str) -> Option<Maker> {
        self.makers.get(class).copied()
    }

    /// Owner and member of all functions and methods that have a body.
    pub fn functions(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        names(&self.functions)
    }

    /// Class and member of all fields that have one.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        names(&self.fields)
    }
}

/// Owner and member of a function's path; a global one has no owner.
fn divided(path: &'static str) -> (&'static str, &'static str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

fn names<T>(by_owner: &ByOwner<T>) -> impl Iterator<Item = (&'static str, &'static str)> {
    by_owner.iter().flat_map(|(owner, members)| members.keys().map(|member| (*owner, *member)))
}

fn boxed<F, A, R>(body: F) -> Body
where
    F: Fn(&Call<'_>, A) -> mlua::Result<R> + Send + Sync + 'static,
    A: FromLuaMulti,
    R: IntoLuaMulti,
{
    Box::new(move |call, args| {
        let args = converted(call, args, 1)?;
        body(call, args).map_err(|error| told(call, error))?.into_lua_multi(call.lua())
    })
}

fn with_receiver<F, T, A, R>(body: F) -> Body
where
    F: Fn(&Call<'_>, &T, A) -> mlua::Result<R> + Send + Sync + 'static,
    T: Class + Any,
    A: FromLuaMulti,
    R: IntoLuaMulti,
{
    Box::new(move |call, mut args| {
        let receiver = args.pop_front().unwrap_or(Value::Nil);
        let this: UserDataRef<T> = match &receiver {
            Value::UserData(data) => data.borrow().map_err(|_| wrong_receiver(call, T::NAME, &receiver))?,
            _ => return Err(wrong_receiver(call, T::NAME, &receiver)),
        };
        let args = converted(call, args, 2)?;
        body(call, &this, args).map_err(|error| told(call, error))?.into_lua_multi(call.lua())
    })
}

/// `position` is that of the first argument, the receiver counted: Lua counts that way for functions, and leaves the
/// receiver out when it speaks of a method.
fn converted<A: FromLuaMulti>(call: &Call<'_>, args: MultiValue, position: usize) -> mlua::Result<A> {
    let position = position.saturating_sub(usize::from(position > 1));
    A::from_lua_args(args, position, Some(call.member()), call.lua()).map_err(|error| told(call, error))
}

/// A conversion that failed, of an argument or of a value in a table, in Lua's own words and with its place.
fn told(call: &Call<'_>, error: mlua::Error) -> mlua::Error {
    match error::bad_argument(call.member(), &error) {
        Some(message) => call.raise(message),
        None => error,
    }
}

fn wrong_receiver(call: &Call<'_>, class: &str, receiver: &Value) -> mlua::Error {
    let got = match receiver {
        Value::Nil => "no value",
        other => other.type_name(),
    };
    call.raise(format!("calling '{}' on bad self ({class} expected, got {got})", call.member()))
}
