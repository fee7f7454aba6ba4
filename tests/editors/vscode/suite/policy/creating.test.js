// New files.
const assert = require('node:assert');
const vscode = require('vscode');
const { eventually, open, uri } = require('../editor');

describe('a session for a script', () => {
  const SESSION = 'etc/conf/global/outbound/stream_binding.session.toml';
  const shown = () => vscode.window.activeTextEditor?.document;
  const exists = async (file) => vscode.workspace.fs.stat(uri(file)).then(() => true, () => false);

  it('is written beside it and opened, and one that is there is left as it is', async () => {
    await open('etc/conf/global/outbound/stream_binding.lua');
    assert.ok(!(await exists(SESSION)));
    await vscode.commands.executeCommand('momentumLua.createSession');
    await eventually('the session', () => shown()?.uri.path.endsWith(SESSION));
    assert.match(shown().getText(), /policy = "stream_binding\.lua"/);
    assert.match(shown().getText(), /\[\[message\]\]/);

    await vscode.workspace.fs.writeFile(uri(SESSION), Buffer.from('# mine\npolicy = "stream_binding.lua"\n'));
    await open('etc/conf/global/outbound/stream_binding.lua');
    await vscode.commands.executeCommand('momentumLua.createSession');
    await eventually('the session', () => shown()?.uri.path.endsWith(SESSION) && shown().getText().startsWith('# mine'));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(uri(SESSION));
  });
});
