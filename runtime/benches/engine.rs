//! What a callout and a session cost. `cargo bench -p momentum-lua-runtime --bench engine`
#![allow(missing_docs, clippy::unwrap_used, reason = "all of it is measurement")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use momentum_lua_runtime::engine::{Options, Policy, run};
use momentum_lua_runtime::session::{Mail, Recipient, Session};

const HEAD: &str = "require('msys.core')
require('msys.extended.message')
local mod = {}
";
const TAIL: &str = "msys.registerModule('bench', mod)\n";

/// A session with this many recipients: the callouts that run once for each are called as often.
fn session(recipients: usize) -> Session {
    let mail = Mail {
        mail_from: Some("a@sender.example".to_owned()),
        recipients: (0..recipients).map(|number| Recipient::new(format!("r{number}@example.com"))).collect(),
        bytes: "From: a@sender.example\r\nTo: r@example.com\r\nSubject: hello\r\n\r\nbody\r\n".into(),
        ..Mail::default()
    };
    Session { messages: vec![mail], ..Session::default() }
}

fn policy(body: &str) -> Policy {
    Policy::of_script("bench.lua", format!("{HEAD}{body}{TAIL}").as_bytes())
}

/// The difference between a policy with a callout and one without is what the callouts cost: 10,000 of them, so the
/// number in microseconds is divided by 10 for nanoseconds a call.
fn callouts(c: &mut Criterion) {
    const CALLS: usize = 10_000;
    let session = session(1);
    let options = Options::default();
    let mut group = c.benchmark_group("callout");
    group.throughput(Throughput::Elements(CALLS as u64));
    group.sample_size(20);
    let looped = |body: &str| {
        policy(&format!(
            "local function callout(self, msg) {body} end\nfunction mod:validate_data(msg) for _ = 1, {CALLS} do callout(self, msg) end return msys.core.VALIDATE_CONT end\n"
        ))
    };
    for (name, body) in [
        ("lua alone", "return 1"),
        ("a constant", "return msys.core.VALIDATE_CONT"),
        ("sets context", "msg:context_set(msys.core.ECMESS_CTX_MESS, 'k', 'v')"),
        ("reads the envelope", "return msg:mailfrom()"),
    ] {
        let policy = looped(body);
        group.bench_function(name, |b| b.iter(|| black_box(run(&policy, &session, &options))));
    }
    group.finish();
}

fn sessions(c: &mut Criterion) {
    let options = Options::default();
    let mut group = c.benchmark_group("session");
    group.throughput(Throughput::Elements(1));
    group.sample_size(50);
    let empty = policy("function mod:validate_data() return msys.core.VALIDATE_CONT end\n");
    let usual = policy(
        "function mod:validate_connect(ac, vctx) vctx:set(msys.core.VCTX_CONN, 'seen', 1) return msys.core.VALIDATE_CONT end
function mod:validate_rcptto(msg, str, ac, vctx)
  if tostring(str):find('nobody') then vctx:set_code(550, '5.1.1 unknown') return msys.core.VALIDATE_DONE end
  return msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  vctx:set(msys.core.VCTX_MESS, 'stream', 'bulk')
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg) return msys.core.VALIDATE_CONT end
",
    );
    for (name, policy) in [("one callout", &empty), ("a usual policy", &usual)] {
        let session = session(1);
        group.bench_function(name, |b| b.iter(|| black_box(run(policy, &session, &options))));
    }
    group.finish();
}

criterion_group!(benches, callouts, sessions);
criterion_main!(benches);
