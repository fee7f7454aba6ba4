import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { find, type Places } from '../src/server/binary';

const root = mkdtempSync(path.join(tmpdir(), 'momentum-lua-'));
after(() => {
  rmSync(root, { recursive: true });
});

/** A program that answers `--version`. */
function program(file: string, says: string): string {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, `#!/bin/sh\necho '${says}'\n`);
  chmodSync(full, 0o755);
  return full;
}

const onPath = program('bin/momentum-lua', 'momentum-lua 0.2.0');
const bundled = program('extension/server/momentum-lua', 'momentum-lua 0.1.0');
const named = program('own/momentum-lua', 'momentum-lua 1.0.3');
const places = (more: Partial<Places>): Places => ({
  setting: '',
  bundledOnly: false,
  folder: root,
  extension: path.join(root, 'extension'),
  searchPath: `/nowhere:${path.join(root, 'bin')}`,
  ...more,
});

test('setting, then PATH, then the package', async () => {
  assert.deepEqual(await find(places({ setting: named })), { path: named, origin: 'setting', version: [1, 0, 3] });
  assert.deepEqual(await find(places({})), { path: onPath, origin: 'PATH', version: [0, 2, 0] });
  assert.deepEqual(await find(places({ searchPath: '' })), { path: bundled, origin: 'package', version: [0, 1, 0] });
  assert.deepEqual(await find(places({ bundledOnly: true })), { path: bundled, origin: 'package', version: [0, 1, 0] });
});

test('the setting may be relative to the folder', async () => {
  for (const setting of ['own/momentum-lua', '${workspaceFolder}/own/momentum-lua']) {
    assert.deepEqual(await find(places({ setting })), { path: named, origin: 'setting', version: [1, 0, 3] });
  }
});

test('what is wrong is told apart', async () => {
  assert.deepEqual(await find(places({ searchPath: '', extension: root })), { kind: 'missing' });
  assert.deepEqual(await find(places({ setting: '/nowhere/x' })), { kind: 'setting', path: '/nowhere/x' });
  const old = program('old/momentum-lua', 'momentum-lua 0.0.9');
  assert.deepEqual(await find(places({ setting: old })), { kind: 'old', path: old, origin: 'setting', version: [0, 0, 9] });
  const other = program('other/momentum-lua', 'Lua 5.4');
  assert.deepEqual(await find(places({ setting: other })), {
    kind: 'unusable',
    path: other,
    origin: 'setting',
    reason: 'it says "Lua 5.4"',
  });
});

test('a binary of another platform is unusable', async () => {
  const file = program('foreign/momentum-lua', '');
  // An ELF header of a 64-bit ARM program.
  writeFileSync(file, Buffer.from('7f454c460201010000000000000000000200b70001000000', 'hex'));
  const found = await find(places({ setting: file }));
  assert.deepEqual(found, { kind: 'unusable', path: file, origin: 'setting', reason: 'it is a program for linux-arm64' });
});
