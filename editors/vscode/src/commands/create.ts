// Commands that make new files: a script, a session for a script.
import path from 'node:path';
import * as vscode from 'vscode';
import { invoke } from '../cli';
import type { Server } from '../server/server';
import { SECTION } from '../settings';

export function registerCreateCommands(context: vscode.ExtensionContext, server: Server): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(`${SECTION}.createScript`, createScript),
    vscode.commands.registerCommand(`${SECTION}.createSession`, () => createSession(server)),
  );
}

/** A module with everything but its callout, and the list of callouts where it belongs. */
async function createScript(): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: 'New script',
    prompt: 'The name that it registers under, the same as in the scriptlet stanza',
    validateInput: (value) => (/^[A-Za-z_][\w.-]*$/.test(value) ? undefined : 'Letters, digits, `_`, `.` and `-`'),
  });
  if (name === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'lua', content: '' });
  const editor = await vscode.window.showTextDocument(document);
  const body = `-- $1\n\nrequire("msys.core")\n\nlocal mod = {}\n\nfunction mod:$0\n\nmsys.registerModule("${name}", mod)\n`;
  await editor.insertSnippet(new vscode.SnippetString(body));
  await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
}

async function createSession(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const binary = await server.binary();
  if (binary === undefined) {
    return;
  }
  if (document?.languageId !== 'lua' || document.isUntitled) {
    await vscode.window.showInformationMessage('Open the script that the session is for.');
    return;
  }
  await document.save();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? path.dirname(document.fileName);
  const script = path.relative(folder, document.fileName);
  const { code, stdout, stderr } = await invoke(binary, ['init', 'session', script], folder);
  if (code !== 0) {
    await vscode.window.showErrorMessage(stderr.trim());
    return;
  }
  const written = /[^\s`]+\.toml/.exec(stdout)?.[0];
  if (written !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.file(path.resolve(folder, written)));
  }
}
