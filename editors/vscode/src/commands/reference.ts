// Commands that look things up: rules, and pages of Momentum's documentation.
import { homedir } from 'node:os';
import path from 'node:path';
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
  const { code: status, stdout, stderr } = await invoke(binary, ['explain', code], folder());
  if (status === 0) {
    await texts.preview(`${code.replaceAll('/', '-')}.md`, stdout);
  } else {
    await vscode.window.showErrorMessage(stderr.trim());
  }
}

/** Where the binary is asked: the configuration there says which stubs and pages count. */
function folder(): string {
  const document = vscode.window.activeTextEditor?.document;
  const folders = vscode.workspace.workspaceFolders;
  const nearest = document?.uri.scheme === 'file' ? path.dirname(document.fileName) : undefined;
  return nearest ?? folders?.[0]?.uri.fsPath ?? homedir();
}

/** The rule of the finding that the cursor is in. What runs and tests found is of no rule, and has no page. */
function codeAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const findings = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((finding) => finding.source === 'momentum-lua' && finding.range.contains(editor.selection.active));
  const rules = findings.flatMap(({ code }) => (typeof code === 'object' ? [String(code.value)] : []));
  return rules[0];
}

async function chooseRule(binary: string): Promise<string | undefined> {
  const { stdout } = await invoke(binary, ['rules', '--format', 'json'], folder());
  const rules = JSON.parse(stdout) as Rule[];
  const items = rules.map(({ code, severity, summary }) => ({ label: code, description: severity, detail: summary }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Explain rule', matchOnDetail: true });
  return chosen?.label;
}

/** Opens the page of the name at the cursor; asks for one where there is none that the API has. */
async function openApiPage(binary: string): Promise<void> {
  const here = nameAtCursor();
  const known = here === undefined ? undefined : await describe(binary, here);
  if (known !== undefined && 'page' in known) {
    await vscode.env.openExternal(known.page);
    return;
  }
  const name = await vscode.window.showInputBox({
    title: 'Open the page of a function, callout, hook, constant or variable',
    value: here ?? '',
    placeHolder: 'msys.pcre.match',
  });
  if (name === undefined || name.trim() === '') {
    return;
  }
  const found = await describe(binary, name.trim());
  if ('page' in found) {
    await vscode.env.openExternal(found.page);
    return;
  }
  const another = 'Another name…';
  if ((await vscode.window.showErrorMessage(found.problem, another)) === another) {
    await openApiPage(binary);
  }
}

/** The page of Momentum's documentation that describes an entry of the API, or why there is none. */
async function describe(binary: string, name: string): Promise<{ page: vscode.Uri } | { problem: string }> {
  const { code, stdout, stderr } = await invoke(binary, ['api', name], folder());
  if (code !== 0) {
    return { problem: stderr.trim() };
  }
  const page = /^Page: (https?:\S+)/m.exec(stdout)?.[1];
  return page === undefined ? { problem: `No page describes ${name}.` } : { page: vscode.Uri.parse(page) };
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
