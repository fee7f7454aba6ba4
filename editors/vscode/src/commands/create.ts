// Commands that make new files: a script, a session for a script.
import { existsSync } from 'node:fs';
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

/** A session beside the script, with everything that it reads; one that is there is shown as it is. */
async function createSession(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'lua' || document.isUntitled) {
    await vscode.window.showInformationMessage('Open the script that the session is for.');
    return;
  }
  const binary = await server.binary();
  if (binary === undefined) {
    return;
  }
  await document.save();
  const { dir, name, base } = path.parse(document.fileName);
  const session = path.join(dir, `${name}.session.toml`);
  if (!existsSync(session)) {
    const { code, stderr } = await invoke(binary, ['init', 'session', base, '--output', path.basename(session)], dir);
    if (code !== 0) {
      await vscode.window.showErrorMessage(stderr.trim());
      return;
    }
  }
  await vscode.window.showTextDocument(vscode.Uri.file(session));
}
