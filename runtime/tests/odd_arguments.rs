//! Every function of the API answers whatever a script gives it: with a value, an error of Lua's, or the crash that it
//! would be. Nothing may panic, and the process stays as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is tests")]

use momentum_lua_runtime::engine::{Options, Policy, run};
use momentum_lua_runtime::report::StopReason;
use momentum_lua_runtime::session::{NoFiles, Session, read_toml};

/// Values of every kind, most of which fit no parameter. `msg` and the like are those of the callout.
const VALUES: [&str; 38] = [
    "''",
    "'a'",
    "'b@c.example'",
    "'text/plain'",
    "'192.0.2.1'",
    "'a\\0b'",
    "'\\255\\254'",
    "'('",
    "'%{x}'",
    "'SELECT 1'",
    "'Grüße'",
    "('x'):rep(5000)",
    "0",
    "1",
    "-1",
    "3",
    "2^53",
    "1e308",
    "0/0",
    "-1/0",
    "true",
    "false",
    "{}",
    "{ 'a' }",
    "{ a = 'b', key = 'k' }",
    "setmetatable({}, { __index = function() return 'z' end })",
    "function() return 1 end",
    "function() error('x') end",
    "coroutine.create(print)",
    "msg",
    "part",
    "vctx",
    "accept",
    "str",
    "new",
    "node",
    "msys.core.VCTX_MESS",
    "msys.core.ECMESS_CTX_CONN",
];

const SESSION: &str = "[datasources.d]\nsql = 'CREATE TABLE t (a)'\n[files]\n'/x' = { text = 'abc', writable = true }\n\
    [[message]]\nmail_from = 'a@sender.example'\nrecipients = ['b@example.com']\ntext = '''\nFrom: a@sender.example\n\
    To: b@example.com\nSubject: odd\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\none\n--x--\n'''\n";

/// Receivers of methods, as the documentation names them, and how a script comes by one.
const RECEIVERS: [(&str, &str); 9] = [
    ("msg", "msg"),
    ("msgpart", "part"),
    ("vctx", "vctx"),
    ("ac", "accept"),
    ("doc", "doc"),
    ("node", "node"),
    ("timer", "msys.timer.after(1, function() end)"),
    ("c", "require('curl').new()"),
    ("client", "require('msys.http.client').new()"),
];

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}

/// Everything that can be required is; then the function is called with values that go by chance.
fn script(name: &str, numbers: &mut Numbers, modules: &str) -> Option<String> {
    let (function, receiver) = match name.split_once(':') {
        None => (name.to_owned(), None),
        Some((receiver, member)) => {
            let (_, made) = RECEIVERS.iter().find(|(known, _)| *known == receiver)?;
            (format!("({made}).{member}"), Some(*made))
        }
    };
    let mut calls = String::new();
    for _ in 0..6 {
        let count = numbers.below(5);
        let values = receiver.into_iter().chain((0..count).map(|_| VALUES[numbers.below(VALUES.len())]));
        let values: Vec<&str> = values.collect();
        calls.push_str(&format!(
            "try(function() return {function} end, function(f) return f({}) end)\n",
            values.join(", ")
        ));
    }
    Some(format!(
        "{modules}
local mod = {{}}
local function try(get, call)
  local known, f = pcall(get)
  if not known or type(f) ~= 'function' then return end
  local results = {{ pcall(call, f) }}
  for _, one in pairs(results) do
    pcall(tostring, one)
    pcall(function() for inner in one do break end end)
    pcall(function() return #one, one.a, one[0] end)
  end
end
function mod:validate_data_spool(msg, accept, vctx)
  local part, str, new = msg:mime(false), msys.core.string_new(), msys.core.ec_message_new()
  local doc = require('xml').parsexml('<a><b/>t</a>')
  local node = doc:root()
{calls}  return msys.core.VALIDATE_CONT
end
msys.registerModule('odd', mod)"
    ))
}

#[test]
fn no_function_panics_whatever_it_is_given() {
    let options = Options::default();
    let (session, errors): (Session, _) = read_toml(SESSION, &NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let mut modules: Vec<String> = options
        .api
        .functions()
        .into_iter()
        .flat_map(|one| one.requires.iter().map(ToString::to_string))
        .collect();
    modules.sort();
    modules.dedup();
    let modules: String = modules.iter().map(|module| format!("pcall(require, '{module}')\n")).collect();
    let mut names: Vec<String> =
        options.api.functions().into_iter().map(|one| one.name.to_string()).collect();
    names.sort();
    assert!(names.len() > 250, "{}", names.len());
    let mut numbers = Numbers(7);
    let mut ran = 0;
    for name in &names {
        let Some(text) = script(name, &mut numbers, &modules) else { continue };
        let report = run(&Policy::of_script("odd.lua", text.as_bytes()), &session, &options);
        // A crash or an end that it would be, or a limit: `string.rep` may want more memory than there is.
        if let Some(stop) = &report.stopped {
            let is_clean = matches!(stop.reason, StopReason::Crash | StopReason::Exit | StopReason::Limit);
            assert!(is_clean, "{name}: {stop:?}");
        }
        assert!(
            !report.paniclog.iter().any(|line| line.contains("initialization failed")),
            "{name}: {:?}",
            report.paniclog
        );
        ran += 1;
    }
    assert!(ran > 240, "{ran} of {}", names.len());
}
