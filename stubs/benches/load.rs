//! How long it takes until the API can be asked: it has to be at most 3 ms.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use momentum_lua_stubs::reader::database::Member;
use momentum_lua_stubs::reader::{Api, Database};

fn load(criterion: &mut Criterion) {
    criterion.bench_function("ready to be asked", |bencher| {
        bencher.iter(|| Database::from_blob(black_box(momentum_lua_stubs::blob())));
    });
    criterion.bench_function("ready, and 20 first look-ups", |bencher| {
        bencher.iter(|| {
            let database = Database::from_blob(momentum_lua_stubs::blob()).unwrap_or_default();
            NAMES.iter().filter(|name| database.path(black_box(name)).is_some()).count()
        });
    });
    criterion.bench_function("ready, and every entry decoded", |bencher| {
        bencher.iter(|| {
            let database = Database::from_blob(momentum_lua_stubs::blob()).unwrap_or_default();
            database.functions().count()
                + database.fields().count()
                + database.constants().count()
                + database.classes().count()
                + database.hooks().count()
                + database.c_functions().count()
                + database.context_variables().count()
        });
    });
}

fn ask(criterion: &mut Criterion) {
    let api: &Api = momentum_lua_stubs::api();
    criterion.bench_function("member of a class", |bencher| {
        bencher.iter(|| api.member(black_box("ec_message"), black_box("context_get")).map(Member::name));
    });
    criterion.bench_function("path", |bencher| {
        bencher.iter(|| api.path(black_box("msys.core.VALIDATE_CONT")).map(Member::name));
    });
    criterion.bench_function("name that does not exist", |bencher| {
        bencher.iter(|| api.member(black_box("ec_message"), black_box("contextget")).is_none());
    });
    criterion.bench_function("near names of a member", |bencher| {
        bencher.iter(|| api.near_members(black_box("ec_message"), black_box("contextget")).len());
    });
}

const NAMES: [&str; 20] = [
    "msys",
    "msys.core",
    "msys.core.VALIDATE_CONT",
    "msys.core.VALIDATE_DONE",
    "msys.core.VCTX_MESS",
    "msys.pcre.match",
    "msys.registerModule",
    "msys.db.query",
    "string.format",
    "string.find",
    "table.insert",
    "print",
    "pairs",
    "ipairs",
    "tostring",
    "tonumber",
    "require",
    "msys.runInPool",
    "msys.expandMacro",
    "msys.dnsLookup",
];

criterion_group!(benches, load, ask);
criterion_main!(benches);
