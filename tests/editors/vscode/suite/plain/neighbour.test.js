// A project in Lua that is no policy is left alone, until it turns out to be policy.
const assert = require('node:assert');
const vscode = require('vscode');
const { eventually, extension, findings, observeTests, open, servers, uri, write } = require('../editor');

const runs = async () => (await vscode.commands.getCommands(true)).includes('momentum-lua.run');

describe('a project that is no policy', () => {
  let observer;
  before(() => {
    observer = observeTests();
  });
  after(() => observer.dispose());
  const sessions = () => [...observer.tests.values()].filter((test) => test.id === uri('settings.toml').toString());

  it('gets no server, no findings, no lenses and no tests', async () => {
    const document = await open('main.lua');
    // What it does by itself when a script is opened; afterwards it has looked at the folder.
    await extension().activate();
    await open('settings.toml');
    assert.deepStrictEqual(servers(), []);
    assert.ok(!(await runs()), 'the commands of the server are there');
    assert.deepStrictEqual(vscode.languages.getDiagnostics(document.uri), []);
    const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
    assert.deepStrictEqual(lenses, []);
    assert.deepStrictEqual(sessions(), []);
  });

  it('is told that nothing runs when a run is asked for, and no server is started', async () => {
    await open('main.lua');
    // The message stays until somebody answers, so the command is not waited for.
    void vscode.commands.executeCommand('momentumLua.runCallout');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepStrictEqual(servers(), []);
  });

  it('gets no server from the command that starts it anew, either', async () => {
    void vscode.commands.executeCommand('momentumLua.restartServer');
    await open('main.lua');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepStrictEqual(servers(), []);
  });

  it('gets the server by the command that asks for it, and leaves it with the setting', async () => {
    await vscode.commands.executeCommand('momentumLua.enableHere');
    await eventually('the server', () => servers().length === 1);
    await vscode.workspace.getConfiguration('momentumLua').update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await eventually('the server ends', () => servers().length === 0);
  });

  it('is taken for policy as soon as a file marks it as such, and no longer when that is gone', async () => {
    await vscode.workspace.fs.writeFile(uri('momentum-lua.toml'), Buffer.from('target = "4.4"\n'));
    await eventually('the server', () => servers().length === 1);
    await vscode.workspace.fs.delete(uri('momentum-lua.toml'));
    await eventually('the server ends', () => servers().length === 0);
  });

  it('is taken for policy once a script that is open uses the API', async () => {
    const document = await write('policy.lua', 'require("msys.core")\nlocal mod = {}\nfunction mod:validate_mailform()\nend\nmsys.registerModule("p", mod)\n');
    await findings(document, 'unknown-callout');
    assert.strictEqual(servers().length, 1);
    await eventually('its session in the Testing view', () => sessions().length === 1);
    await vscode.workspace.fs.delete(uri('policy.lua'));
  });

  it('stays without findings where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('momentumLua');
    await settings.update('enable', 'off', vscode.ConfigurationTarget.Workspace);
    await eventually('the server ends', () => servers().length === 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
  });
});
