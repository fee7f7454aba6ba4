// node check-messages.mjs LOG: compares every message of a recorded session with the official types of the protocol.
//
// Each message becomes a TypeScript constant of the type that its method has in vscode-languageserver-protocol; the
// compiler then finds unknown keys, missing members and values that no enumeration has.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as protocol from 'vscode-languageserver-protocol/node';
import ts from 'typescript';

const here = path.dirname(fileURLToPath(import.meta.url));
const generated = path.join(here, 'node_modules', 'messages.generated.ts');

/** The exported name (`HoverRequest`) of each method. */
const names = new Map();
for (const [name, value] of Object.entries(protocol)) {
  if (value && typeof value === 'object' && typeof value.method === 'string' && value.type) {
    names.set(value.method, name);
  }
}

const messages = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const violations = [];
/** Which message a line of the generated text is about. */
const about = [];
const source = [
  "import * as p from 'vscode-languageserver-protocol';",
  'type Result<T> = T extends p.RequestType<any, infer R, any> ? R : T extends p.RequestType0<infer R, any> ? R : never;',
  'type Parameters<T> = T extends p.NotificationType<infer P> ? P : T extends p.RequestType<infer P, any, any> ? P',
  '  : T extends p.RequestType0<any, any> ? undefined | null : never;',
  '// What is void in the types is null on the wire; `any` stays what it is.',
  'type Wire<T> = 0 extends 1 & T ? T : [T] extends [void] ? null : T;',
  'type WorkDone = p.WorkDoneProgressBegin | p.WorkDoneProgressReport | p.WorkDoneProgressEnd;',
  'type Progress = { token: p.ProgressToken; value: WorkDone };',
];
const seen = new Set();
for (const [index, { kind, method, body }] of messages.entries()) {
  const what = `message ${index + 1}, ${kind} of ${method}`;
  const name = names.get(method);
  if (kind === 'error') {
    violations.push(`${what}: the session expects no errors: ${JSON.stringify(body)}`);
  } else if (method === '$/progress') {
    // Its type depends on what it is the progress of; here that is always work.
    seen.add(`${kind} ${method}`);
    about[source.length] = what;
    source.push(`export const m${index}: Progress = ${JSON.stringify(body)};`);
  } else if (!name) {
    violations.push(`${what}: the protocol has no such method`);
  } else {
    seen.add(`${kind} ${method}`);
    const type = kind === 'result' ? 'Result' : 'Parameters';
    about[source.length] = what;
    source.push(`export const m${index}: Wire<${type}<typeof p.${name}.type>> = ${JSON.stringify(body)};`);
  }
}
fs.writeFileSync(generated, source.join('\n') + '\n');
const program = ts.createProgram([generated], {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  types: [],
});
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start).line;
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' / ').slice(0, 600);
  violations.push(`${about[line] ?? `${diagnostic.file?.fileName}:${line}`}: ${text}`);
}
violations.forEach((violation) => console.error(violation));
console.log(`${messages.length} messages of ${seen.size} kinds, ${violations.length} violations`);
process.exit(violations.length === 0 && messages.length > 0 ? 0 : 1);
