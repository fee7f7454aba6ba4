import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPassedOver, looksLikeConfiguration, usesMomentum } from '../src/workspace/policy';

test("scripts that use Momentum's API are told from other Lua", () => {
  for (const script of ['require("msys.core")', "require 'msys.pcre'", 'require("msys")', 'msys.registerModule("a", mod)']) {
    assert.ok(usesMomentum(script), script);
  }
  for (const script of ['require("msystem")', 'local msys_like = 1', 'print("hello")', 'require("lfs")']) {
    assert.ok(!usesMomentum(script), script);
  }
});

test("parts of Momentum's configuration are told from other .conf files", () => {
  assert.ok(looksLikeConfiguration('# lists\nscriptlet "scriptlet" {\n'));
  assert.ok(looksLikeConfiguration('Binding_Group "outgoing" {'));
  assert.ok(!looksLikeConfiguration('server {\n  listen 80;\n}'));
  assert.ok(!looksLikeConfiguration('[client]\nport = 3306\n'));
});

test('what other tools keep in a folder is passed over', () => {
  for (const path of ['node_modules/a/b.toml', 'sub/target/x.toml', '.git/config.toml']) {
    assert.ok(isPassedOver(path), path);
  }
  for (const path of ['sessions/target.toml', 'targets/x.toml', 'etc/conf/a_test.lua']) {
    assert.ok(!isPassedOver(path), path);
  }
});
