//! The general lints on scripts of one shape, short and twice as long: what takes more than twice the time does not grow
//! in proportion.

#![allow(missing_docs, reason = "the macro makes a public function")]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_stub_reader::model::Version;
use std::hint::black_box;
use std::sync::Arc;

/// A script that repeats one shape so many times.
type Shape = fn(usize) -> String;

const SHAPES: [(&str, Shape); 5] = [
    ("statements", |count| "local a = 1 f(a, b.c) ".repeat(count)),
    ("branches", |count| "if x then elseif y then else end ".repeat(count)),
    ("fields", |count| format!("x = {{ {} }}", "a = 1, ".repeat(count))),
    ("swaps", |count| "a = b b = a ".repeat(count)),
    ("comments", |count| "-- a comment\nif x then end\n".repeat(count)),
];

fn lint(text: &str) -> usize {
    let settings = Settings {
        target: Version { major: 5, minor: 1, patch: 0 },
        severities: rustc_hash::FxHashMap::default(),
        select: vec!["lua/".into()],
    };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    let id = project.set_file("/policy/script.lua", FileKind::Lua, text);
    project.update();
    project.diagnostics(id).len()
}

fn general(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("general");
    group.sample_size(10);
    for (name, shape) in SHAPES {
        for count in [2_000, 4_000] {
            let text = shape(count);
            group.bench_with_input(BenchmarkId::new(name, count), &text, |bencher, text| {
                bencher.iter(|| lint(black_box(text)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, general);
criterion_main!(benches);
