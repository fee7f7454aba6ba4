// What the package declares: every setting that the server takes, with the server's type and default; when it is activated.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const plugin = path.join(process.env.PLUGINS, 'vscode');
const schema = read(path.join(process.env.PLUGINS, '../docs/schema/editor-settings.schema.json'));
const declared = read(path.join(plugin, 'package.json')).contributes.configuration.properties;

/** Settings that the extension reads itself. */
const OWN = /^momentumLua\.(enable$|server\.|trace\.)/;

const resolved = (property) => {
  const name = property.$ref ?? property.allOf?.[0].$ref;
  return name === undefined ? property : { ...schema.$defs[name.split('/').at(-1)], ...property };
};

/** Every leaf of the schema by its dotted name. */
function leaves(properties, prefix, fallback = {}) {
  return Object.entries(properties).flatMap(([key, property]) => {
    const { properties: inner, ...rest } = resolved(property);
    const name = `${prefix}.${key}`;
    const value = rest.default ?? fallback[key];
    return inner === undefined ? [[name, { ...rest, default: value }]] : leaves(inner, name, value);
  });
}

const expected = new Map(leaves(schema.properties, 'momentumLua'));
const choices = (property) => property.enum ?? property.oneOf?.flatMap((one) => one.enum ?? [one.const]);

test('policy at the usual places is found without a search, which VS Code gives up after 7 s', () => {
  const events = read(path.join(plugin, 'package.json')).activationEvents;
  for (const place of ['momentum-lua.toml', 'ecelerity.conf', 'etc/ecelerity.conf', '**/momentum-lua.toml', '**/ecelerity.conf']) {
    assert.ok(events.includes(`workspaceContains:${place}`), place);
  }
});

test('every setting of the server is declared, and none beside them', () => {
  const names = Object.keys(declared).filter((name) => !OWN.test(name));
  assert.deepStrictEqual(names.toSorted(), [...expected.keys()].toSorted());
});

test('types, defaults and choices are those of the server', () => {
  for (const [name, property] of expected) {
    assert.deepStrictEqual(declared[name].default, property.default, name);
    assert.strictEqual(declared[name].type, property.type ?? 'string', name);
    assert.deepStrictEqual(declared[name].enum, choices(property), name);
  }
});

test('every setting is described, also in the README', () => {
  const readme = readFileSync(path.join(plugin, 'README.md'), 'utf8');
  for (const [name, property] of Object.entries(declared)) {
    assert.ok(property.markdownDescription?.length > 10, name);
    assert.ok(readme.includes(`\`${name}\``), `${name} is not in the README`);
  }
});
