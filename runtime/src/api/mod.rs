//! The msys surface: what a script calls, and what answers it.
//!
//! Every function of the stubs is callable. One that has a body here does its work; any other is *recorded*: the call
//! goes into the report, and the result is the neutral one of the stub's return types ([`neutral`]).
//!
//! # How to add a module
//!
//! One file for a Lua module, `api/pcre.rs` for `msys.pcre`, with a function `register`, and two lines here: `mod pcre;`
//! and `pcre::register` in [`MODULES`].
//!
//! ```ignore
//! pub(super) fn register(api: &mut Registry) {
//!     api.function("msys.pcre.match", matches);
//!     api.method("increment", Counter::increment);          // class by the type of the receiver: `counter`
//!     api.field("len", |_, this: &EcString| Ok(this.len()));
//!     api.meta("__tostring", |call, this: &EcString, ()| call.lua().create_string(this.bytes()));
//! }
//!
//! fn matches(call: &Call<'_>, (subject, pattern): (LuaString, LuaString)) -> mlua::Result<Option<Table>> { … }
//! ```
//!
//! - **Names** are those of the stubs, with `.`: a name that the stubs do not have fails a test. The class of a method
//!   is that of its receiver's Rust type ([`Class::NAME`]).
//! - **Arguments** are any [`mlua::FromLuaMulti`]; what does not fit raises Lua's own `bad argument #1 to 'match'
//!   (string expected, got nil)`. nil for a parameter that the stub marks `@nilcrash` never reaches the body: the
//!   wrapper answers as the server would, by a crash.
//! - **Errors** of a script: `Err(call.raise("text"))`, which a `pcall` sees as `file:line: text`. What would crash the
//!   server: `Err(call.crash("text"))`, which nothing swallows.
//! - **State** of a module: `call.part::<Counters>()` gives an `Rc<RefCell<Counters>>` that lives as long as the
//!   machine and begins as `Counters::default()`. What arrives, fixtures included, is `call.session()`.
//! - **Fidelity** stands in the stub (`---@fidelity modelled`). A *fixture* whose answer the session does not hold says
//!   so with `call.unanswered(…)`, giving the lines that the session file lacks, and returns [`Call::neutral`].
//! - **Answers** of `[[api_answer]]` in a session go before any body; the wrapper gives them.
//! - **What changed** goes into the report: `call.note(What::…)`. The wrapper adds the place, counts every call, and
//!   notes those that are recorded or fixtures with their arguments.
//! - **Constants**: `call.constant("msys.core.VALIDATE_CONT")`; see [`constants`].
//! - **Userdata**: a Rust type that is a [`Class`], handed out with `call.object(value)`. Methods that need a `require`
//!   appear when it was done. Members that neither the stubs nor a registration know are nil, as in Momentum. A class
//!   without a Rust type is [`Opaque`]: `call.opaque("domain_record")`.
//! - **Modules** that `require` loads, and the tables on the way to them, come from the stubs; nothing to do.
//! - **Tests** stand below the module, in Lua: `tested::state().eval(…)`, with fixtures `tested::state_with(session)`.
//! - **Hooks** that other parts have to call (a timer that is due, an adaptive rule) are kept in the module's part as
//!   [`mlua::Function`]; the engine drives them by the functions that the module's file exports.

pub mod accept;
pub mod adaptive;
mod answered;
pub mod audit;
mod audit_series;
pub mod auth;
mod base64;
mod bounce;
mod buffer;
pub mod c_api;
mod c_array;
mod call;
mod charset;
mod cidr;
mod class;
pub mod clock;
pub mod config;
pub mod constants;
pub mod control;
mod core;
mod counter;
mod db;
mod delivery;
mod dict;
pub mod dictionary;
mod dns;
mod dumper;
pub mod ec_string;
mod error;
pub mod expand_macro;
pub mod files;
mod frame;
mod gauge_cache;
pub mod httpsrv;
mod idn;
mod json;
mod mathx;
pub mod message;
pub mod modules;
mod neutral;
mod object;
pub mod part;
mod pbp;
mod pcre;
mod policyeditor;
mod qp;
mod registry;
mod rfc3464;
pub mod schedule;
pub mod server;
mod streams;
mod strict;
mod tables;
mod text;
pub mod vctx;
mod verdicts;
mod web;
pub mod xml;

#[cfg(test)]
mod frame_tests;
#[cfg(test)]
pub(crate) mod tested;

pub(crate) use answered::lua_value;
pub use call::Call;
pub use class::Class;
pub use frame::{Frame, Running};
pub use object::Opaque;
pub use registry::Registry;
use text::Text;
pub(crate) use text::{LONGEST as LONGEST_SHOWN, quoted};
pub use text::{plain, shown, shown_number};

/// The modules that have bodies, one line each.
const MODULES: &[fn(&mut Registry)] = &[
    accept::register,
    adaptive::register,
    auth::register,
    audit::register,
    audit_series::register,
    base64::register,
    bounce::register,
    buffer::register,
    c_api::register,
    cidr::register,
    clock::register,
    config::register,
    control::register,
    core::register,
    counter::register,
    db::register,
    delivery::register,
    dict::register,
    dns::register,
    dumper::register,
    ec_string::register,
    expand_macro::register,
    files::register,
    gauge_cache::register,
    httpsrv::register,
    idn::register,
    json::register,
    mathx::register,
    message::register,
    modules::register,
    part::register,
    pbp::register,
    pcre::register,
    policyeditor::register,
    qp::register,
    rfc3464::register,
    schedule::register,
    streams::register,
    strict::register,
    vctx::register,
    web::register,
    verdicts::register,
    xml::register,
];
