use std::rc::Rc;

use super::run::Told;
use super::*;
use crate::machine::Files as _;
use crate::session::{NoFiles, read_toml};
use crate::testing::{Outcome, TestResult};

const POLICY: &str = "require('msys.core')
require('msys.extended.message')
local mod = {}
function mod:validate_rcptto(msg, str, ac, vctx)
  if tostring(str):find('gone') then
    vctx:set_code(550, '5.1.1 no such user')
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  msg:header('X-Seen', { 'yes' })
  print('seen ' .. msg:rcptto())
  return msys.core.VALIDATE_CONT
end
msys.registerModule('directory', mod)
";

struct OnePolicy;

impl Host for OnePolicy {
    fn session(&self, text: &str) -> Result<Session, String> {
        let (session, errors) = read_toml(text, &NoFiles);
        errors.first().map_or(Ok(session), |error| Err(error.to_string()))
    }

    fn text(&self, path: &str) -> Result<String, String> {
        if path == "one.toml" {
            Ok("[[message]]\nrecipients = ['anna@example.com']\n[expect]\ndisposition = 'discarded'"
                .to_owned())
        } else {
            Err("no such file".to_owned())
        }
    }

    fn policy(&self, _: Option<&str>) -> Result<(Policy, Options), String> {
        Ok((Policy::of_script("directory.lua", POLICY.as_bytes()), Options::default()))
    }
}

struct Addresses;

impl crate::machine::Files for Addresses {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "site/addresses.lua" => {
                Ok(b"require('msys.core')\nreturn { domain = function(a) return a:match('@(.*)') end }"
                    .to_vec())
            }
            _ => Err("no such file".to_owned()),
        }
    }
}

fn tested(source: &str) -> (Vec<TestResult>, Coverage) {
    assert!(Addresses.read("x").is_err());
    let options = Options { coverage: true, ..Options::default() };
    let file = LuaFile {
        name: "a_test.lua".to_owned(),
        source: source.as_bytes().to_vec(),
        lua_path: vec!["?.lua".to_owned()],
        files: Rc::new(Addresses),
        options,
    };
    let host: Rc<dyn Host> = Rc::new(OnePolicy);
    let mut results = Vec::new();
    let coverage = run(&file, &host, &|_| true, &mut |told| {
        if let Told::Done(result) = told {
            results.push(result);
        }
    });
    (results, coverage)
}

/// `LINE NAME: OUTCOME [MESSAGE LINE] MESSAGE` of each test.
fn outcomes(source: &str) -> Vec<String> {
    let shown = |result: TestResult| {
        let message = result.message.map(|message| {
            let line = result.message_line.map(|line| format!("{line} ")).unwrap_or_default();
            format!(": {line}{message}")
        });
        let outcome = match result.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Skipped => "skipped",
        };
        format!("{} {} {outcome}{}", result.line, result.name, message.unwrap_or_default())
    };
    tested(source).0.into_iter().map(shown).collect()
}

#[test]
fn blocks_have_what_runs_before_and_after_their_tests() {
    let source = "local order = {}
describe('outer', function()
  before_each(function() order[#order + 1] = 'b1' end)
  after_each(function() order[#order + 1] = 'a1' end)
  describe('inner', function()
    before_each(function() order[#order + 1] = 'b2' end)
    it('runs', function() order[#order + 1] = 'test' end)
    it('fails', function() error('on purpose') end)
  end)
  pending('is not written yet')
end)
it('saw all of it', function()
  assert.same({ 'b1', 'b2', 'test', 'a1', 'b1', 'b2', 'a1' }, order)
end)
";
    assert_eq!(
        outcomes(source),
        [
            "7 outer inner runs passed",
            "8 outer inner fails failed: 8 on purpose",
            "10 outer is not written yet skipped",
            "12 saw all of it passed",
        ]
    );
}

#[test]
fn assertions_of_the_field() {
    let held = "it('holds', function()
  assert(1) assert.is_true(true) assert.is_false(false) assert.is_nil(nil) assert.is_not_nil(0)
  assert.equal(1, 1) assert.equals('a', 'a') assert.are.equal(1, 1) assert.are_not.equal(1, 2) assert.not_equal(1, 2)
  assert.same({ a = { 1 } }, { a = { 1 } }) assert.are.same({}, {}) assert.are_not.same({ 1 }, { 1, 2 })
  assert.truthy(0) assert.is_truthy('') assert.falsy(nil) assert.is.falsy(false)
  assert.has_error(function() error('x') end) assert.has_error(function() error('x') end, 'x')
  assert.has.errors(function() error({ 1 }) end) assert.has_no.errors(function() end) assert.has_no_error(function() end)
  assert.matches('^a%d', 'a1') assert.does_not.match('b', 'a') assert.contains('b', { 'a', 'b' })
  assert.contains('b', 'abc') assert.is_string('') assert.is_table({}) assert.is_function(print) assert.is.Nil(nil)
  assert.is_not.Nil(1) assert.is_number(1)
end)
";
    assert_eq!(outcomes(held), ["1 holds passed"]);
    let missed = outcomes(
        "it('a', function()\n  assert.equal(550, 250)\nend)
it('b', function() assert.same({ a = 'x', 1 }, { 1, a = 'y' }) end)
it('c', function() assert.has_error(function() end) end)
it('d', function() assert.is_not_nil(nil) end)
it('e', function() assert.equl(1, 1) end)
it('f', function() assert(nil, 'no luck') end)
it('g', function() assert.has_error(function() error('x') end, 'y') end)
it('h', function() assert.equal(1, 2, 'the score') end)
it('i', function() assert.is_not_nil(nil, 'a reply') end)
",
    );
    assert_eq!(
        missed,
        [
            "1 a failed: 2 expected  550\nactual    250",
            "4 b failed: 4 expected  { 1, a = \"x\" }\nactual    { 1, a = \"y\" }",
            "5 c failed: 5 expected  an error\nactual    none",
            "6 d failed: 6 expected  a value of another type than nil, and not nil",
            "7 e failed: 7 there is no assertion `equl`",
            "8 f failed: 8 no luck",
            "9 g failed: 9 expected  the error \"y\"\nactual    \"a_test.lua:9: x\"",
            "10 h failed: 10 the score\nexpected  1\nactual    2",
            "11 i failed: 11 a reply\nexpected  a value of another type than nil, and not nil",
        ]
    );
}

#[test]
fn sessions_are_built_run_and_looked_at() {
    let source = "local function to(...)
  return session({ message = { { mail_from = 'a@sender.example', recipients = { ... } } } })
end
it('is accepted', function()
  local report = to('anna@example.com'):run()
  assert.equal('delivered', report:recipient('anna@example.com').disposition)
  assert.same({ 'yes' }, report:header('x-seen'))
  assert.same({ 'seen anna@example.com' }, report:printed())
  assert.equal(1, report:ran('directory.validate_rcptto'))
  assert.is_true(report:called('msg:header') > 0)
  assert.equal(250, report:reply('data').code)
  assert.same({}, report:errors())
end)
it('is rejected', function()
  local report = to('gone@example.com', 'anna@example.com'):run()
  local reply = report:reply('rcptto', 'gone@example.com')
  assert.same({ 550, '5.1.1 no such user' }, { reply.code, reply.text })
  assert.is_nil(report:recipient('nobody@example.com'))
end)
it('reads a file', function()
  local one = session('one.toml', { expect = { disposition = 'delivered' } })
  one.expect.errors = {}
  one:check()
  one.expect = { replies = { rcptto = 550 } }
  assert.is_string(one:run().failures)
  session('one.toml'):check()
end)
it('knows what a session has', function() session({ mesage = {} }):run() end)
it('knows what a session can hold', function() session({ message = print }):run() end)
it('has no other file', function() session('two.toml') end)
";
    let outcomes = outcomes(source);
    assert_eq!(outcomes[0..2], ["4 is accepted passed", "14 is rejected passed"]);
    assert_eq!(
        outcomes[2..],
        [
            "20 reads a file failed: 26 expect.disposition\nexpected  discarded\nactual    delivered (250 2.0.0 OK)",
            "28 knows what a session has failed: 28 unknown key `mesage`, did you mean `message`?",
            "29 knows what a session can hold failed: 29 `message` cannot be function",
            "30 has no other file failed: 30 cannot read `two.toml`: no such file",
        ]
    );
}

#[test]
fn modules_of_the_site_are_tested_by_themselves_and_counted() {
    let (results, coverage) = tested(
        "local addresses = require('site.addresses')
it('takes the domain', function() assert.equal('b.example', addresses.domain('a@b.example')) end)
it('runs a session', function() session({}):run() end)
",
    );
    assert!(results.iter().all(|result| result.outcome == Outcome::Passed), "{results:#?}");
    let files: Vec<&str> = coverage.scripts.keys().map(String::as_str).collect();
    assert_eq!(files, ["directory.lua", "site/addresses.lua"]);
}

#[test]
fn limits_hold_and_the_next_test_runs() {
    let outcomes = outcomes(
        "it('never ends', function() pcall(function() while true do end end) end)
it('goes on', function() end)
it('cannot read', function() assert.is_nil(io.open('/etc/passwd')) end)
",
    );
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes[0].contains("failed: 1 stopped:"), "{outcomes:?}");
    assert_eq!(outcomes[1..], ["2 goes on passed", "3 cannot read passed"]);
}

#[test]
fn a_file_that_does_not_load_fails_as_a_whole() {
    assert_eq!(outcomes("it('x', function() end)\nerror('early')"), ["2 a_test.lua failed: 2 early"]);
    let syntax = outcomes("\n\nlocal = 1");
    assert_eq!(syntax.len(), 1);
    assert!(syntax[0].starts_with("3 a_test.lua failed: 3 "), "{syntax:?}");
    assert_eq!(
        outcomes("it('x', function() it('y', function() end) end)"),
        ["1 x failed: 1 a test cannot stand in another"]
    );
}
