import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { outline } from '../src/testing/sessions';

const SESSION = `description = "A newsletter"
policy = "../etc/ecelerity.conf"

[[message]]
text = """
[expect]
disposition = "no key: it is mail"
"""

[message.expect]
replies = { data = 250 }

[[message.recipients]]
address = "a@example.com"
expect = { disposition = "discarded" }

[message.recipients.expect.headers]
X-Stream = false

[expect]
disposition = "delivered"
`;

test('expectations have their keys and lines, text between quotes has none', () => {
  const found = outline(SESSION);
  assert.equal(found?.description, 'A newsletter');
  assert.deepEqual(
    found.expectations.map(({ key, line }) => [line + 1, key]),
    [
      [11, 'message.expect.replies'],
      [15, 'message.recipients.expect'],
      [17, 'message.recipients.expect.headers'],
      [18, 'message.recipients.expect.headers.X-Stream'],
      [21, 'expect.disposition'],
    ],
  );
});

test('a file without expectations is no test', () => {
  assert.equal(outline('[connection]\nclient = "192.0.2.1"\n'), undefined);
  assert.equal(outline('[package]\nname = "expect"\n'), undefined);
});

test('the sessions of the examples are read', () => {
  const folder = path.resolve(process.cwd(), '../../examples/sessions');
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.toml'))
    .filter((name) => outline(readFileSync(path.join(folder, name), 'utf8')) !== undefined);
  assert.ok(tests.length > 10, tests.join());
  assert.ok(!tests.includes('world.toml'));
});
