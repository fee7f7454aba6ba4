// Commands that look things up: rules, and pages of Momentum's documentation.
import * as vscode from 'vscode';
import { invoke } from '../cli';
import type { Server } from '../server/server';
import { SECTION } from '../settings';
import type { Texts } from '../texts';

interface Rule {
  readonly code: string;
  readonly severity: string;
  readonly summary: string;
}

export function registerReferenceCommands(context: vscode.ExtensionContext, server: Server, texts: Texts): void {
  const asking =
    (command: (binary: string) => Promise<void>) =>
    async (): Promise<void> => {
      const binary = await server.binary();
      if (binary !== undefined) {
        await command(binary);
      }
    };
  context.subscriptions.push(
    vscode.commands.registerCommand(`${SECTION}.explainRule`, asking((binary) => explainRule(binary, texts))),
    vscode.commands.registerCommand(`${SECTION}.openApiPage`, asking(openApiPage)),
  );
}

async function explainRule(binary: string, texts: Texts): Promise<void> {
  const code = codeAtCursor() ?? (await chooseRule(binary));
  if (code === undefined) {
    return;
  }
  const { code: status, stdout, stderr } = await invoke(binary, ['explain', code], process.cwd());
  if (status === 0) {
    await texts.preview(`${code.replaceAll('/', '-')}.md`, stdout);
  } else {
    await vscode.window.showErrorMessage(stderr.trim());
  }
}

/** The rule of the finding that the cursor is in. */
function codeAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const findings = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((finding) => finding.source === 'momentum-lua' && finding.range.contains(editor.selection.active));
  const code = findings[0]?.code;
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

async function chooseRule(binary: string): Promise<string | undefined> {
  const { stdout } = await invoke(binary, ['rules', '--format', 'json'], process.cwd());
  const rules = JSON.parse(stdout) as Rule[];
  const items = rules.map(({ code, severity, summary }) => ({ label: code, description: severity, detail: summary }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Explain rule', matchOnDetail: true });
  return chosen?.label;
}

async function openApiPage(binary: string): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: 'Open the page of a function, callout, hook, constant or variable',
    value: nameAtCursor() ?? '',
    placeHolder: 'msys.pcre.match',
  });
  if (name === undefined || name.trim() === '') {
    return;
  }
  const { code, stdout, stderr } = await invoke(binary, ['api', name.trim()], process.cwd());
  const page = /^Page: (https:\S+)/m.exec(stdout)?.[1];
  if (code !== 0) {
    await vscode.window.showErrorMessage(stderr.trim());
  } else if (page === undefined) {
    await vscode.window.showInformationMessage(`No page describes ${name}.`);
  } else {
    await vscode.env.openExternal(vscode.Uri.parse(page));
  }
}

/** The dotted name that the cursor is in. */
function nameAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const range = editor.document.getWordRangeAtPosition(editor.selection.active, /[A-Za-z_][\w.:]*/);
  return range === undefined ? undefined : editor.document.getText(range);
}
