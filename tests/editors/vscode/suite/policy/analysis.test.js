// What the server knows, as the editor shows it.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, codeOf, eventually, findings, hover, open, uri } = require('../editor');

describe('findings', () => {
  it('stand where the mistake is, with severity, source and the page of the rule', async () => {
    const document = await open('mistakes/sender_check.lua');
    const all = await findings(document, 'method-call');
    const finding = all.find((finding) => codeOf(finding) === 'method-call');
    assert.strictEqual(document.getText(finding.range), '.set_code');
    assert.strictEqual(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.strictEqual(finding.source, 'momentum-lua');
    assert.match(finding.code.target.toString(true), /rules\.md#method-call$/);
  });

  it('follow an edit and its undoing', async () => {
    const document = await open('mistakes/sender_check.lua');
    await findings(document, 'method-call');
    const edit = new vscode.WorkspaceEdit();
    const dot = at(document, 'vctx.set_code', 4);
    edit.replace(document.uri, new vscode.Range(dot, dot.translate(0, 1)), ':');
    await vscode.workspace.applyEdit(edit);
    const left = () => vscode.languages.getDiagnostics(document.uri).map(codeOf);
    await eventually('the finding goes', () => !left().includes('method-call'));
    await vscode.commands.executeCommand('undo');
    await eventually('the finding comes back', () => left().includes('method-call'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('are reported of files that are not open', async () => {
    await eventually('findings of campaign.lua', () => vscode.languages.getDiagnostics(uri('mistakes/campaign.lua')).length > 0);
  });

  it('stand there once, and stay when the editor is closed', async () => {
    const document = await open('mistakes/campaign.lua');
    await findings(document, 'unknown-callout');
    const keys = () => vscode.languages.getDiagnostics(document.uri).map((f) => `${codeOf(f)} ${f.range.start.line}:${f.range.start.character}`);
    await eventually('no finding stands there twice', () => new Set(keys()).size === keys().length);
    const before = keys().length;
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await eventually('the findings of the closed file', () => keys().length === before);
  });

  it('stand in ecelerity.conf, which has a language of its own', async () => {
    const document = await open('mistakes/ecelerity.conf');
    assert.strictEqual(document.languageId, 'ecelerity');
    await findings(document, 'script-source');
  });
});

describe('hover', () => {
  it('shows signature and description of a function of the API', async () => {
    const document = await open('mistakes/sender_check.lua');
    const text = await hover(document, at(document, 'fetch_row', 3));
    assert.match(text, /msys\.db\.fetch_row/);
    assert.match(text, /Runs a query/);
  });

  it('shows the type of a parameter that only the callout tells', async () => {
    const document = await open('etc/conf/global/inbound/recipients.lua');
    const text = await eventually('a hover', () => hover(document, at(document, ', vctx)', 3)));
    assert.match(text, /validate_context/);
  });
});
