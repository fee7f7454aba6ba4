import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksLikeConfiguration, usesMomentum } from '../src/workspace/policy';

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
