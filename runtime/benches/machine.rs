//! What a machine costs: to make it, to load a script into it, to call a function, and what the library takes for its work.
//! `cargo bench -p momentum-lua-runtime --bench machine`

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark, which defines functions by macro")]

mod on_cpu;

use std::time::Duration;

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use momentum_lua_runtime::machine::{Chunk, Grants, Limits, Machine};
use on_cpu::OnCpu;

const SCRIPT: &str = "local mod = {}
function mod:validate_rcptto(msg, ac, vctx)
  if (6 & 3) != 2 then return 1 end
  return 0
end
return mod";

/// One that may run for as long as a benchmark does; its memory is limited as ever.
fn machine() -> Machine {
    let limits = Limits { instructions: u64::MAX, wall_clock: Duration::MAX, ..Limits::default() };
    Machine::new(limits, Grants::default(), ()).unwrap()
}

fn benches(c: &mut Criterion<OnCpu>) {
    let mut c = c.benchmark_group("machine");
    c.sample_size(30);
    // The time on the processor is told in steps of some milliseconds: a sample has to be longer.
    c.sampling_mode(SamplingMode::Flat);
    c.bench_function("new", |b| b.iter(machine));
    c.bench_function("lower", |b| b.iter(|| Chunk::new("policy.lua", SCRIPT.as_bytes()).unwrap()));
    let chunk = Chunk::new("policy.lua", SCRIPT.as_bytes()).unwrap();
    let one = machine();
    c.bench_function("load", |b| b.iter(|| one.load_chunk(&chunk).unwrap()));
    c.bench_function("new, load and call", |b| {
        b.iter(|| {
            let machine = machine();
            let main = machine.load_chunk(&chunk).unwrap();
            machine.call(&main, ()).unwrap()
        });
    });
    let empty = one.load("empty.lua", b"return").unwrap();
    c.bench_function("call an empty function", |b| b.iter(|| one.call(&empty, ()).unwrap()));
    let plain = one.lua().load("return").into_function().unwrap();
    c.bench_function("call an empty function, by mlua alone", |b| b.iter(|| plain.call::<()>(()).unwrap()));
    for (name, text) in [
        ("100,000 turns with a sum", "local n = 0 for i = 1, 100000 do n = n + i end"),
        ("100,000 turns with &", "local n = 0 for i = 1, 100000 do n = i & 255 end"),
        (
            "10,000 finds",
            "local s = ('a'):rep(50) .. '@example.com' for i = 1, 10000 do s:find('@([%w.]+)$') end",
        ),
        ("10,000 formats", "for i = 1, 10000 do string.format('%d %s %5.2f', i, 'x', i) end"),
    ] {
        let function = one.load("run.lua", text.as_bytes()).unwrap();
        c.bench_function(name, |b| b.iter(|| one.call(&function, ()).unwrap()));
    }
    c.finish();
}

criterion_group! {
    name = machine_benches;
    config = Criterion::default().with_measurement(OnCpu);
    targets = benches
}
criterion_main!(machine_benches);
