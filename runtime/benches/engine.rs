//! What a callout and a session cost. `cargo bench -p momentum-lua-runtime --bench engine`
#![allow(missing_docs, clippy::unwrap_used, reason = "all of it is measurement")]

mod on_cpu;

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use momentum_lua_runtime::engine::{Options, Policy, run};
use momentum_lua_runtime::session::{Mail, Recipient, Session};
use on_cpu::OnCpu;

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

/// What the engine takes for a callout: a session of 1,000 recipients, with a callout for each and without one. The
/// difference in microseconds, divided by 1,000, is what a call of it takes.
fn callouts(c: &mut Criterion<OnCpu>) {
    const CALLS: usize = 1_000;
    let session = session(CALLS);
    let options = Options::default();
    let mut group = c.benchmark_group("callout");
    group.throughput(Throughput::Elements(CALLS as u64));
    group.sample_size(30);
    for (name, body) in [
        ("none", ""),
        (
            "empty",
            "function mod:validate_data_spool_each_rcpt(msg, ac, vctx) return msys.core.VALIDATE_CONT end\n",
        ),
        (
            "reads a header and sets context",
            "function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  local subject = msg:header('Subject')[1]
  vctx:set(msys.core.VCTX_MESS, 'subject', subject)
  return msys.core.VALIDATE_CONT
end
",
        ),
    ] {
        let policy = policy(body);
        group.bench_function(name, |b| b.iter(|| black_box(run(&policy, &session, &options))));
    }
    group.finish();
}

/// What calls of the API take, 10,000 in a callout. The first is the loop alone.
fn calls(c: &mut Criterion<OnCpu>) {
    const CALLS: usize = 10_000;
    let session = session(1);
    let options = Options::default();
    let mut group = c.benchmark_group("call");
    group.throughput(Throughput::Elements(CALLS as u64));
    group.sample_size(20);
    for (name, body) in [
        ("none", "return 1"),
        ("a constant", "return msys.core.VALIDATE_CONT"),
        ("context_set", "msg:context_set(msys.core.ECMESS_CTX_MESS, 'k', 'v')"),
        ("mailfrom", "return msg:mailfrom()"),
        ("header", "return msg:header('Subject')"),
    ] {
        let policy = policy(&format!(
            "local function work(self, msg) {body} end\nfunction mod:validate_data(msg) for _ = 1, {CALLS} do work(self, msg) end return msys.core.VALIDATE_CONT end\n"
        ));
        group.bench_function(name, |b| b.iter(|| black_box(run(&policy, &session, &options))));
    }
    group.finish();
}

fn sessions(c: &mut Criterion<OnCpu>) {
    let options = Options::default();
    let mut group = c.benchmark_group("session");
    group.throughput(Throughput::Elements(1));
    group.sample_size(50);
    // The time on the processor is told in steps of some milliseconds: no sample may be a single session.
    group.sampling_mode(SamplingMode::Flat);
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

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(OnCpu);
    targets = callouts, calls, sessions
}
criterion_main!(benches);
