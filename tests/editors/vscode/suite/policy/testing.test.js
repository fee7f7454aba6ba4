// The Testing view, as the editor itself knows it.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, eventually, observeTests, open, uri } = require('../editor');

const WRONG = 'sessions/wrong.toml';
let observer;

const known = (path) => observer.tests.get(uri(path).toString());
/** What a session expects: its tests, whose ids begin with its own. */
const expectationsOf = (session) => [...observer.tests.values()].filter((test) => test.id.startsWith(`${session.id}#`));

/** Runs a command that runs tests; gives the result that comes of it. */
async function resultOf(command, ...args) {
  const before = vscode.tests.testResults[0]?.completedAt ?? 0;
  await vscode.commands.executeCommand(command, ...args);
  return eventually('a result', () => {
    const newest = vscode.tests.testResults[0];
    return newest !== undefined && newest.completedAt > before && newest;
  });
}

const flat = (snapshots) => snapshots.flatMap((snapshot) => [snapshot, ...flat(snapshot.children)]);
const stateOf = (snapshot) => snapshot.taskStates[0].state;
const { Passed, Failed } = vscode.TestResultState;

describe('the Testing view', () => {
  before(async () => {
    observer = observeTests();
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await eventually('tests', () => known('sessions/newsletter.toml'));
  });
  after(() => observer.dispose());

  it('lists sessions, and under each what it expects, at its line', async () => {
    const newsletter = known('sessions/newsletter.toml');
    assert.strictEqual(newsletter.label, 'newsletter');
    assert.match(newsletter.description, /unsubscribe header/);
    const document = await vscode.workspace.openTextDocument(newsletter.uri);
    const expectation = expectationsOf(newsletter).find((child) => child.label.endsWith('.binding_group'));
    assert.ok(expectation, expectationsOf(newsletter).map((child) => child.label).join());
    assert.match(document.lineAt(expectation.range.start).text, /binding_group = "newsletter"/);
    assert.ok(!known('sessions/world.toml'), 'a file without expectations is no test');
    assert.ok(!known('momentum-lua.toml'));
  });

  it('knows a session wherever it lies, and takes it out when it is gone', async () => {
    const stray = uri('etc/conf/global/outbound/stray.toml');
    await vscode.workspace.fs.writeFile(stray, Buffer.from('policy = "stream_binding.lua"\n[[message]]\n[expect]\ndisposition = "delivered"\n'));
    await eventually('the session beside its script', () => known('etc/conf/global/outbound/stray.toml'));
    await vscode.workspace.fs.delete(stray);
    await eventually('the session is gone', () => !known('etc/conf/global/outbound/stray.toml'));
  });

  it('tells of each expectation whether it held', async () => {
    const good = await vscode.workspace.openTextDocument(uri('sessions/newsletter.toml'));
    const text = good.getText().replace('binding_group = "newsletter"', 'binding_group = "transactional"');
    await vscode.workspace.fs.writeFile(uri(WRONG), Buffer.from(text));
    await eventually('the session', () => known(WRONG));
    const document = await open(WRONG);
    const line = at(document, 'binding_group').line;

    const result = await resultOf('testing.runCurrentFile');
    const all = flat(result.results);
    const session = all.find((snapshot) => snapshot.label === 'wrong');
    assert.strictEqual(stateOf(session), Failed);
    const failed = session.children.filter((child) => stateOf(child) === Failed);
    assert.deepStrictEqual(failed.map((child) => child.range.start.line), [line]);
    const [message] = failed[0].taskStates[0].messages;
    assert.match(message.message, /expected "transactional", was "newsletter"/);
    assert.strictEqual(message.location.range.start.line, line);
    assert.strictEqual(session.children.filter((child) => stateOf(child) === Passed).length, session.children.length - 1);
  });

  it('and its lens makes a finding of what did not hold', async () => {
    const document = await open(WRONG);
    const lens = await eventually('the lens', async () => {
      const found = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
      return found.find((one) => one.command?.title === '▶ Test');
    });
    await vscode.commands.executeCommand(lens.command.command, ...lens.command.arguments);
    const finding = await eventually('the finding', () => vscode.languages.getDiagnostics(document.uri).find((one) => one.code === 'test/expectation'));
    assert.strictEqual(finding.range.start.line, at(document, 'binding_group').line);
    assert.match(finding.message, /expected "?transactional"?\s+but: "?newsletter"?/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri(WRONG));
  });

  it('runs everything, from the command as well', async () => {
    const result = await resultOf('momentumLua.runTests');
    const sessions = flat(result.results).filter((snapshot) => snapshot.uri && !snapshot.parent?.uri);
    assert.ok(sessions.length >= 10, String(sessions.length));
    assert.deepStrictEqual(sessions.filter((snapshot) => stateOf(snapshot) !== Passed).map((snapshot) => snapshot.label), []);
  });

  it('covers: lines and branches of a script, as they were executed', async () => {
    await open('sessions/newsletter.toml');
    const result = await resultOf('testing.coverageCurrentFile');
    const script = await vscode.workspace.openTextDocument(uri('etc/conf/global/outbound/stream_binding.lua'));
    const details = await result.getDetailedCoverage(script.uri);
    const executed = (text) => details.find((detail) => {
      const line = (detail.location.start ?? detail.location).line;
      return line === at(script, text).line;
    })?.executed;
    assert.ok(executed('local name = msg:header') > 0);
    assert.strictEqual(executed('print("stream_binding: unknown stream"'), 0);
    const branches = details.flatMap((detail) => detail.branches ?? []);
    assert.ok(branches.some((branch) => branch.executed > 0) && branches.some((branch) => branch.executed === 0));
  });
});
