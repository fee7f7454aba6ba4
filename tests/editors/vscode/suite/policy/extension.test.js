// The extension itself: what it contributes.
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { eventually, extension, open, tabs } = require('../editor');

describe('the extension', () => {
  it('has every command that it declares', async () => {
    const known = await vscode.commands.getCommands(true);
    const missing = extension().packageJSON.contributes.commands.map(({ command }) => command).filter((name) => !known.includes(name));
    assert.deepStrictEqual(missing, []);
  });

  it('gives included configuration its language', async () => {
    const document = await open('etc/conf.d/listeners.conf');
    const current = () => vscode.workspace.textDocuments.find((other) => other.uri.toString() === document.uri.toString());
    await eventually('the language', () => current()?.languageId === 'ecelerity');
  });
});

describe('the walkthrough', () => {
  const walkthrough = () => extension().packageJSON.contributes.walkthroughs[0];

  it('leads to commands and pages that exist', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const step of walkthrough().steps) {
      const commands = [...step.description.matchAll(/\(command:([\w.]+)/g)].map(([, name]) => name);
      assert.ok(commands.length > 0, `${step.id} leads nowhere`);
      assert.deepStrictEqual(commands.filter((name) => !known.includes(name)), [], step.id);
      const page = fs.readFileSync(path.join(extension().extensionPath, step.media.markdown), 'utf8');
      assert.ok(page.startsWith('# '), step.media.markdown);
    }
  });

  it('opens', async () => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension().id}#${walkthrough().id}`);
    await eventually('its tab', () => tabs().includes('Welcome'));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
