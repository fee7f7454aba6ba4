// The grammars give tokens their scopes, on top of the Lua grammar that the workbench brings.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const plugin = path.join(process.env.PLUGINS, 'vscode');
const contributed = JSON.parse(readFileSync(path.join(plugin, 'package.json'), 'utf8')).contributes.grammars;
const files = Object.fromEntries(contributed.map((grammar) => [grammar.scopeName, path.join(plugin, grammar.path)]));
files['source.lua'] = path.join(path.dirname(process.env.CODE_SERVER), '../../lib/vscode/extensions/lua/syntaxes/lua.tmLanguage.json');

const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  // The Lua grammar embeds some that are not looked at here.
  loadGrammar: async (scope) => (scope in files ? textmate.parseRawGrammar(readFileSync(files[scope], 'utf8'), files[scope]) : null),
  getInjections: (scope) => contributed.filter((grammar) => grammar.injectTo?.includes(scope)).map((grammar) => grammar.scopeName),
});

/** The innermost scope of each token of a text. */
async function tokens(scope, text) {
  const grammar = await registry.loadGrammar(scope);
  let state = textmate.INITIAL;
  const found = [];
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    found.push(...result.tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)]));
  }
  return found;
}

async function scopeOf(scope, text, word) {
  const token = (await tokens(scope, text)).find(([part]) => part === word);
  assert.ok(token, `no token ${word} in ${text}`);
  return token[1];
}

const lua = (text, word) => scopeOf('source.lua', text, word);

test('operators of the dialect', async () => {
  assert.match(await lua('return a != b', '!='), /comparison\.momentum-lua/);
  assert.match(await lua('return a ^^ b', '^^'), /bitwise\.momentum-lua/);
  assert.match(await lua('return a << 2 | b', '<<'), /bitwise\.momentum-lua/);
  assert.match(await lua('return a \\ b', '\\'), /arithmetic\.momentum-lua/);
  assert.match(await lua('return !a', '!'), /logical\.momentum-lua/);
  assert.doesNotMatch(await lua('return a ~= b', '~='), /momentum-lua/);
});

test('octal numbers, and those that are none', async () => {
  assert.match(await lua('return 0660', '0660'), /octal/);
  // Wrong in the dialect, right in other Lua, which is coloured by the same grammars: the server reports it.
  assert.doesNotMatch(await lua('return 0689', '0689'), /octal|invalid/);
  assert.doesNotMatch(await lua('return 0x660', '0x660'), /octal/);
  assert.doesNotMatch(await lua('return 1.0660', '1.0660'), /octal/);
  assert.doesNotMatch(await lua('return 0', '0'), /octal/);
});

test('escapes and macros in strings, nothing of the kind in comments', async () => {
  assert.match(await lua('return "\\u00a3"', '\\u00a3'), /escape\.unicode/);
  assert.doesNotMatch(JSON.stringify(await tokens('source.lua', 'return "\\u00a"')), /momentum-lua/);
  assert.match(await lua('return "%{vctx_mess:binding}"', '%{vctx_mess:binding}'), /macro/);
  const comment = await tokens('source.lua', '-- a != b, 0660, %{x}');
  assert.ok(comment.every(([, scope]) => !scope.includes('momentum-lua')), JSON.stringify(comment));
  assert.doesNotMatch(await lua('return "a != b"', 'a != b'), /momentum-lua/);
});

test('the loop over a rowset is one, and neither a shebang nor a comment hides what follows', async () => {
  const loop = '#!/usr/bin/lua\nfor row in rs do\n  mode = 0660 --[[ a != b\n 0660 ]] x = y != nil\nend';
  assert.match(await lua(loop, '#!/usr/bin/lua'), /comment/);
  assert.match(await lua(loop, 'in'), /keyword/);
  assert.match(await lua(loop, 'do'), /keyword/);
  assert.match(await lua(loop, '0660'), /octal/);
  assert.match(await lua(loop, '!='), /comparison\.momentum-lua/);
});

test('ecelerity.conf, whatever it is written like', async () => {
  const scope = (text, word) => scopeOf('source.ecelerity', text, word);
  assert.match(await scope("Relay_Hosts = ( '10.0.0.0/8' )", '10.0.0.0/8'), /string\.quoted\.single/);
  assert.match(await scope("script 'a b' {\n}", 'a b'), /string\.quoted\.single/);
  assert.match(await scope("x = 'it\\'s' y = 1", 'y'), /property/);
  assert.match(await scope('Relay_Hosts += ( "a" )', 'Relay_Hosts'), /property/);
  assert.match(await scope('Relay_Hosts -= ( "a" )', '-='), /assignment/);
  assert.match(await scope('/* a = 1\nb { */ c = 2', ' a = 1'), /comment\.block/);
  assert.match(await scope('/* a = 1\nb { */ c = 2', 'c'), /property/);
  assert.match(await scope('a = 1 # "b" { \'\nc = 2', 'c'), /property/);
  assert.match(await scope('Domain /^a{2}\\.b$/ { x = 1 }', 'x'), /property/);
  assert.match(await scope('Peer 10.0.0.0/8 { x=1 }', '10.0.0.0/8'), /unquoted/);
  assert.match(await scope('log = "cluster:///a=>master"', '=>master'), /modifier/);
  assert.match(await scope('x = 192.0.2.1', ' 192.0.2.1'), /source\.ecelerity$/);
  const open = await scope('Custom = "a\nb" c = 1', 'c');
  assert.match(open, /property/);
});

test('ecelerity.conf', async () => {
  const text = 'scriptlet "scriptlet" {\n  script "a" { # first\n    source = "%{d}/a"\n    gc_pause = 200\n  }\n}\ninclude "b.conf"\nGenerate_Bounces = true';
  const scope = (word) => scopeOf('source.ecelerity', text, word);
  assert.match(await scope('scriptlet'), /stanza/);
  assert.match(await scope('source'), /property/);
  assert.match(await scope('%{d}'), /macro/);
  assert.match(await scope('200'), /numeric/);
  assert.match(await scope(' first'), /comment/);
  assert.match(await scope('include'), /include/);
  assert.match(await scope('true'), /boolean/);
});
