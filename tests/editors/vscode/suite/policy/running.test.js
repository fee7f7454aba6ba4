// Running and testing policy from the editor.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, codeOf, eventually, open, uri, write } = require('../editor');

const SCRIPT = 'etc/conf/global/outbound/stream_binding.lua';
const api = () => vscode.extensions.getExtension('momentum-lua.momentum-lua').exports;

/** The next value of an event. */
const next = (event) => new Promise((resolve) => {
  const subscription = event((value) => {
    subscription.dispose();
    resolve(value);
  });
});

const lenses = async (document) => vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);

describe('running', () => {
  it('is offered by lenses above a callout, beside its references', async () => {
    const document = await open(SCRIPT);
    const titles = await eventually('lenses', async () => {
      const found = (await lenses(document)).map((lens) => lens.command?.title ?? '');
      return found.some((title) => title.startsWith('▶ Run')) && found;
    });
    assert.ok(titles.includes('▶ Run with …'), titles.join());
    assert.ok(titles.some((title) => /loaded by ecelerity\.conf/.test(title)), titles.join());
  });

  it('runs the callout at the cursor with the sessions that reach it, unsaved text included', async () => {
    const document = await open(SCRIPT);
    const edit = new vscode.WorkspaceEdit();
    const body = at(document, 'function policy:validate_set_binding(msg)\n', 'function policy:validate_set_binding(msg)\n'.length);
    edit.insert(document.uri, body, '  print("seen in the editor")\n');
    await vscode.workspace.applyEdit(edit);
    vscode.window.activeTextEditor.selection = new vscode.Selection(body, body);
    const ended = next(api().onDidEndRun);
    await vscode.commands.executeCommand('momentumLua.runCallout');
    const result = await ended;
    assert.ok(result.runs.length > 0);
    for (const run of result.runs) {
      assert.strictEqual(run.problem, null);
      assert.ok(run.report.steps.length > 0);
    }
    assert.ok(result.runs.some((run) => run.session?.endsWith('/sessions/newsletter.toml')), result.runs.map((run) => run.session).join());
    const hints = await eventually('the print at its line', async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
      const text = (hint) => (typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join(''));
      return found.filter((hint) => hint.position.line === body.line && text(hint).includes('seen in the editor'));
    });
    assert.ok(hints.length > 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('again runs the same sessions', async () => {
    await open(SCRIPT);
    const first = next(api().onDidEndRun);
    await vscode.commands.executeCommand('momentum-lua.run', { uri: uri(SCRIPT).toString(), callout: 'validate_set_binding', sessions: [uri('sessions/newsletter.toml').toString()] });
    assert.strictEqual((await first).runs.length, 1);
    const second = next(api().onDidEndRun);
    await vscode.commands.executeCommand('momentumLua.runAgain');
    assert.deepStrictEqual((await second).runs.map((run) => run.name), ['newsletter']);
  });

  it('shows at a line what stands there, and the whole result of it on hover', async () => {
    const document = await open(SCRIPT);
    const ended = next(api().onDidEndRun);
    await vscode.commands.executeCommand('momentum-lua.run', { uri: uri(SCRIPT).toString(), callout: 'validate_set_binding', sessions: [uri('sessions/newsletter.toml').toString()] });
    await ended;
    const line = at(document, 'function policy:validate_set_binding').line;
    const hint = await eventually('the hint', async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
      return found.find((one) => one.position.line === line && JSON.stringify(one.label).includes('▸'));
    });
    assert.strictEqual(hint.position.character, document.lineAt(line).text.length);
    assert.match(JSON.stringify(hint.label), /VALIDATE_DONE/);
    assert.match(hint.tooltip?.value ?? String(hint.tooltip), /newsletter/);
  });

  it('opens the report beside', async () => {
    const report = () => vscode.window.visibleTextEditors.find((editor) => editor.document.fileName.endsWith('.report.txt'));
    await vscode.commands.executeCommand('momentumLua.showReport');
    const editor = await eventually('the report', report);
    assert.match(editor.document.getText(), /newsletter/);
  });
});

describe('the paniclog', () => {
  it('of a script that fails is shown, and the error stands at its line', async () => {
    const text = 'require("msys.core")\nlocal mod = {}\nfunction mod:validate_ehlo(str, accept, vctx)\n  error("seen in the paniclog")\nend\nmsys.registerModule("failing", mod)\n';
    const document = await write('failing.lua', text);
    const place = at(document, 'error(');
    vscode.window.activeTextEditor.selection = new vscode.Selection(place, place);
    await eventually('the lens', async () => (await lenses(document)).some((lens) => lens.command?.title === '▶ Run'));
    const ended = next(api().onDidEndRun);
    await vscode.commands.executeCommand('momentumLua.runCallout');
    await ended;
    const finding = await eventually('the error', () => vscode.languages.getDiagnostics(document.uri).find((one) => codeOf(one) === 'run/error'));
    assert.strictEqual(finding.range.start.line, place.line);
    await vscode.commands.executeCommand('momentumLua.showPaniclog');
    const log = await eventually('the paniclog', () => vscode.window.visibleTextEditors.find((editor) => editor.document.fileName.endsWith('paniclog.ec')));
    assert.match(log.document.getText(), /seen in the paniclog/);
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await vscode.workspace.fs.delete(document.uri);
  });
});

describe('tests', () => {
  it('run from the command, and tell what each expectation came to', async () => {
    const ended = next(api().onDidEndTests);
    await vscode.commands.executeCommand('momentumLua.runTests');
    const report = await ended;
    assert.ok(report.tests.length >= 10, String(report.tests.length));
    const newsletter = report.tests.find((test) => test.file.endsWith('sessions/newsletter.toml'));
    assert.strictEqual(newsletter.outcome, 'passed', JSON.stringify(newsletter, null, 1));
    assert.ok(newsletter.checks.some((check) => check.key.endsWith('headers.List-Unsubscribe') && check.line > 1));
  });
});
