//! How fast the front end reads scripts, beside full_moon alone on the same text.
//!
//! The texts hold no operator of the dialect, so that full_moon alone can read them; the front end replaces
//! operators in the pass that makes its tokens, whether there are any or not.

#![allow(missing_docs, reason = "the macro makes a public function")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use momentum_lua_analyzer::syntax::parse;
use std::hint::black_box;

const SCRIPTS: [&str; 3] = [
    include_str!("../tests/scripts/connection_limit.lua"),
    include_str!("../tests/scripts/injection.lua"),
    include_str!("../tests/scripts/signing.lua"),
];

/// Scripts behind each other, each a block of its own, until `enough` says so.
fn generated(enough: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    for number in 0.. {
        if enough(&text) {
            break;
        }
        for script in SCRIPTS {
            // A file ends with its `return`, which here would be followed by the next one.
            let script = script.replace("\nreturn mod\n", "\n");
            text.push_str(&format!("-- part {number}\ndo\n{script}\nend\n"));
        }
    }
    text
}

fn parsing(criterion: &mut Criterion) {
    let lines = |text: &str| text.matches('\n').count();
    let sources = [
        ("small", SCRIPTS[0].to_owned()),
        ("1,000 lines", generated(|text| lines(text) >= 1000)),
        ("10 MB", generated(|text| text.len() >= 10_000_000)),
    ];
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10);
    for (name, source) in &sources {
        assert_eq!(parse(source).errors, [], "{name}");
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_with_input(BenchmarkId::new("front end", name), source, |bencher, source| {
            bencher.iter(|| parse(black_box(source)));
        });
        group.bench_with_input(BenchmarkId::new("full_moon alone", name), source, |bencher, source| {
            bencher.iter(|| full_moon::parse_fallible(black_box(source), full_moon::LuaVersion::lua51()));
        });
    }
    // A missing `end` costs a second pass of the grammar.
    let (name, source) = ("1,000 lines with a missing end", sources[1].1.replacen("  end\n", "", 1));
    assert_ne!(parse(&source).errors, []);
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_with_input(BenchmarkId::new("front end", name), &source, |bencher, source| {
        bencher.iter(|| parse(black_box(source)));
    });
    group.finish();
}

criterion_group!(benches, parsing);
criterion_main!(benches);
