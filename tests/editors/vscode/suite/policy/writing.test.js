// What helps to write policy: completion, signatures, fixes.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, codeOf, eventually, findings, open, write } = require('../editor');

/** A script around some lines; each place that is completed has a script of its own, as one writes them. */
const script = (lines) => `require("msys.core")

local mod = {}

${lines}

msys.registerModule("writing", mod)
`;

const labelOf = (item) => (typeof item.label === 'string' ? item.label : item.label.label);

/** The completion of a place, with everything resolved. */
async function complete(document, position, trigger) {
  const list = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, position, trigger, 500);
  // Words of the document are the editor's own.
  return list.items.filter((item) => item.kind !== vscode.CompletionItemKind.Text);
}

const named = (items, name) => items.find((item) => labelOf(item).startsWith(name));
const textOf = (item) => item.insertText?.value ?? item.insertText ?? labelOf(item);

let scripts = 0;
/** What is offered behind `before`, where it stands in `lines`. */
async function offered(lines, before, trigger) {
  scripts += 1;
  const document = await write(`etc/conf/global/writing_${scripts}.lua`, script(lines));
  const items = await complete(document, at(document, before, before.length), trigger);
  assert.ok(items.length > 0, `nothing is offered behind ${before}`);
  return items;
}

describe('completion', () => {
  it('writes the skeleton of a callout', async () => {
    const items = await offered('function mod:', 'function mod:', ':');
    assert.ok(named(items, 'validate_data_spool'), items.map(labelOf).join());
    const text = textOf(named(items, 'validate_mailfrom'));
    assert.match(text, /validate_mailfrom\(.*str.*accept.*vctx.*\)/);
    assert.match(text, /return .*msys\.core\.VALIDATE_CONT/);
  });

  it('knows the members of msys', async () => {
    const items = await offered('msys.', '\nmsys.', '.');
    assert.ok(named(items, 'core') && named(items, 'registerModule'), items.map(labelOf).join());
  });

  it('knows the members of a value whose type only the callout tells', async () => {
    const items = await offered('function mod:validate_rcptto(msg, str, accept, vctx)\n  vctx:\nend', 'vctx:', ':');
    assert.ok(named(items, 'get') && named(items, 'set_code'), items.map(labelOf).join());
  });

  it('knows context variables inside strings', async () => {
    const body = '  vctx:get(msys.core.VCTX_MESS, "")\n  return msys.core.VALIDATE_CONT';
    const items = await offered(`function mod:validate_rcptto(msg, str, accept, vctx)\n${body}\nend`, 'VCTX_MESS, "', '"');
    assert.ok(named(items, 'mailfrom_string'), items.map(labelOf).join());
  });
});

describe('signature help', () => {
  it('names the parameter at the cursor', async () => {
    const document = await open('mistakes/sender_check.lua');
    const place = at(document, 'set_code(452, ', 'set_code(452, '.length);
    const help = await vscode.commands.executeCommand('vscode.executeSignatureHelpProvider', document.uri, place, '(');
    const signature = help.signatures[help.activeSignature];
    assert.match(signature.label, /set_code/);
    const active = signature.activeParameter ?? help.activeParameter;
    assert.strictEqual(active, 1, JSON.stringify(help));
  });
});

describe('code actions', () => {
  const actions = (document, range) => vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, undefined, 50);

  it('add the require that is missing', async () => {
    const document = await open('mistakes/sender_check.lua');
    const all = await findings(document, 'companion-require');
    const finding = all.find((finding) => codeOf(finding) === 'companion-require');
    const found = await actions(document, finding.range);
    const action = found.find((action) => /msys\.datasource/.test(action.title));
    assert.ok(action, found.map((action) => action.title).join());
    const text = action.edit.get(document.uri).map((edit) => edit.newText).join();
    assert.match(text, /require\("msys\.datasource"\)/);
  });

  it('put the colon of a method in', async () => {
    const document = await open('mistakes/sender_check.lua');
    const all = await findings(document, 'method-call');
    const finding = all.find((finding) => codeOf(finding) === 'method-call');
    const found = await actions(document, finding.range);
    assert.ok(found.some((action) => action.edit?.get(document.uri).some((edit) => edit.newText.includes(':'))), found.map((action) => action.title).join());
  });
});
