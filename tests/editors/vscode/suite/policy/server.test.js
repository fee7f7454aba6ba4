// The commands about the server.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, eventually, hover, open, servers } = require('../editor');

describe('the server', () => {
  it('is one process, and restarting puts another in its place, which answers', async () => {
    const document = await open('mistakes/sender_check.lua');
    const before = servers();
    assert.strictEqual(before.length, 1, before.join());
    await vscode.commands.executeCommand('momentumLua.restartServer');
    const after = await eventually('the old process ends', () => {
      const now = servers();
      return now.length === 1 && now;
    });
    assert.notDeepStrictEqual(after, before);
    await eventually('an answer', async () => /msys\.db\.fetch_row/.test(await hover(document, at(document, 'fetch_row', 3))));
  });

  it('has a log that says which binary runs', async () => {
    await vscode.commands.executeCommand('momentumLua.showServerLog');
    const log = await eventually('the output', () =>
      vscode.window.visibleTextEditors.map((editor) => editor.document).find((document) => document.uri.scheme === 'output'),
    );
    await eventually('its first line', () => /\/momentum-lua \(from \w+\), version \d+\.\d+\.\d+/.test(log.getText()));
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});
