// Pages about rules.
const vscode = require('vscode');
const { at, eventually, findings, open, tabs } = require('../editor');

describe('explaining a rule', () => {
  it('shows the page of the finding at the cursor', async () => {
    const document = await open('mistakes/sender_check.lua');
    await findings(document, 'method-call');
    const place = at(document, 'vctx.set_code', 6);
    vscode.window.activeTextEditor.selection = new vscode.Selection(place, place);
    await vscode.commands.executeCommand('momentumLua.explainRule');
    await eventually('its page', () => tabs().some((label) => label.includes('method-call.md')));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
