//! How long a whole project takes, and a key stroke in it.
//!
//! `cargo bench -p momentum-lua-analyzer --bench project`

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot be set up has to fail")]
#![expect(missing_docs, reason = "criterion's macros make undocumented functions")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

const SCRIPTS: usize = 1000;

/// A script of about `lines` lines: helpers over headers and context, and a callout that calls some of them.
fn script(name: &str, lines: usize) -> String {
    let mut text = String::from(
        "require(\"msys.extended.message\")\nrequire(\"msys.pcre\")\nlocal core = require(\"msys.core\")\nlocal shared = \
         require(\"shared\")\nlocal mod = {}\n",
    );
    let helpers = lines.saturating_sub(14) / 16;
    for number in 1..=helpers {
        let _ = write!(
            text,
            r#"
local function check_{number}(msg, vctx)
  local campaign = shared.first(msg, "X-Campaign-{number}")
  if not campaign then
    return false
  end
  local found = msys.pcre.match(campaign, "^(bulk|alert)-(?<id>[0-9]+)$")
  if found and tonumber(found.id) > {number} then
    vctx:set(core.VCTX_MESS, "campaign", found.id)
    return true
  end
  for index, value in ipairs(msg:header("Received")) do
    if value == campaign then msg:context_set(core.ECMESS_CTX_MESS, "hop", tostring(index)) end
  end
  return campaign ~= "bulk"
end
"#
        );
    }
    let tests: Vec<String> = (1..=helpers).map(|number| format!("check_{number}(msg, vctx)")).collect();
    let condition = if tests.is_empty() { "msg".to_owned() } else { tests.join(" or ") };
    let _ = write!(
        text,
        r#"
function mod:validate_data_spool(msg, accept, vctx)
  if {condition} then
    vctx:set_code(451, "4.7.1 try again later")
    return core.VALIDATE_DONE
  end
  return core.VALIDATE_CONT
end
msys.registerModule("{name}", mod)
"#
    );
    text
}

const SHARED: &str = r#"
require("msys.extended.message")
local shared = {}
function shared.first(msg, name)
  local values = msg:header(name)
  return values[1]
end
return shared
"#;

fn empty() -> Project {
    let settings =
        Settings { target: "5.4".parse().unwrap(), severities: FxHashMap::default(), select: Vec::new() };
    Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings)
}

fn files() -> Vec<(String, FileKind, Arc<str>)> {
    let mut files = vec![("shared.lua".to_owned(), FileKind::Lua, Arc::from(SHARED))];
    files.extend((0..SCRIPTS).map(|number| {
        let name = format!("policy_{number}");
        (format!("{name}.lua"), FileKind::Lua, Arc::from(script(&name, 60)))
    }));
    files
}

fn whole_project(criterion: &mut Criterion) {
    let files = files();
    let bytes: usize = files.iter().map(|(_, _, text)| text.len()).sum();
    let mut group = criterion.benchmark_group("1,000 scripts of 60 lines");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter_batched(
            || (empty(), files.clone()),
            |(mut project, files)| project.set_files(files),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("parse and analyse", |bencher| {
        bencher.iter_batched(
            || (empty(), files.clone()),
            |(mut project, files)| {
                project.set_files(files);
                project.update();
                project
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("parse, analyse and check", |bencher| {
        bencher.iter_batched(
            || (empty(), files.clone()),
            |(mut project, files)| {
                project.set_files(files);
                project.update();
                black_box(project.all_diagnostics());
                project
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn key_stroke(criterion: &mut Criterion) {
    let mut project = empty();
    project.set_files(files());
    let long = script("long", 1000);
    project.set_file("long.lua", FileKind::Lua, long.as_str());
    project.update();
    let mut number = 0;
    criterion.bench_function("a key stroke in 1,000 lines among 1,000 scripts", |bencher| {
        bencher.iter(|| {
            number += 1;
            let text = long.replacen("> 7 then", &format!("> {number} then"), 1);
            let id = project.set_file("long.lua", FileKind::Lua, text);
            project.update();
            black_box(project.diagnostics(id))
        });
    });
}

criterion_group!(benches, whole_project, key_stroke);
criterion_main!(benches);
