// The extension itself: where it works, what it contributes.
const assert = require('node:assert');
const vscode = require('vscode');
const { eventually, open } = require('./editor');

const extension = () => vscode.extensions.getExtension('momentum-lua.momentum-lua');

describe('the extension', () => {
  it('is active in a policy tree, and every command that it declares exists', async () => {
    await eventually('activation', () => extension()?.isActive);
    const known = await vscode.commands.getCommands(true);
    for (const { command } of extension().packageJSON.contributes.commands) {
      assert.ok(known.includes(command), command);
    }
  });

  it('gives included configuration its language', async () => {
    const document = await open('etc/conf.d/listeners.conf');
    const current = () => vscode.workspace.textDocuments.find((other) => other.uri.toString() === document.uri.toString());
    await eventually('the language', () => current()?.languageId === 'ecelerity');
  });
});
