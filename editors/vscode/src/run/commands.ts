// Commands that run policy and show what came of it.
import * as vscode from 'vscode';
import type { Server } from '../server/server';
import { reportStopped } from '../server/trouble';
import { SECTION } from '../settings';
import type { Texts } from '../texts';
import { RUN, RUN_WITH, SHOW_REFERENCES, SHOW_REPORT, type RunArguments } from './protocol';
import type { Runs } from './runs';

export function registerRunCommands(context: vscode.ExtensionContext, server: Server, runs: Runs, texts: Texts): void {
  const execute: Execute = async (command, args) => {
    if (await server.isUp()) {
      await vscode.commands.executeCommand(command, args);
    } else {
      await reportStopped(server.state);
    }
  };
  const register = (name: string, command: (...args: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(name, command));
  };
  register(`${SECTION}.runCallout`, () => runHere(RUN, execute));
  register(`${SECTION}.runWithSession`, () => runHere(RUN_WITH, execute));
  register(`${SECTION}.runAgain`, () => runAgain(runs, execute));
  register(`${SECTION}.showReport`, () => showReport(runs, execute));
  register(`${SECTION}.showPaniclog`, () => showPaniclog(runs, texts, execute));
  register(SHOW_REFERENCES, showReferences);
}

/** Executes a command of the server, which is started up before; says so when there is none. */
type Execute = (command: string, args: object) => Promise<void>;

/** Runs what stands at the cursor: the callout that it is in, the whole file above the first one. */
async function runHere(command: typeof RUN | typeof RUN_WITH, execute: Execute): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.isUntitled) {
    await vscode.window.showInformationMessage('Open a script, a session or an ecelerity.conf first: it is what is run.');
    return;
  }
  const { document, selection } = editor;
  const args: RunArguments = (await lensAbove(document, selection.active, command)) ?? { uri: document.uri.toString() };
  await execute(command, args);
}

/** The arguments of the nearest lens at or above a place that has this command. */
async function lensAbove(
  document: vscode.TextDocument,
  position: vscode.Position,
  command: string,
): Promise<RunArguments | undefined> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>(
    'vscode.executeCodeLensProvider',
    document.uri,
    500,
  );
  const above = (lenses ?? []).filter(
    (lens) => lens.command?.command === command && lens.range.start.line <= position.line,
  );
  return above.at(-1)?.command?.arguments?.[0] as RunArguments | undefined;
}

async function runAgain(runs: Runs, execute: Execute): Promise<void> {
  if (runs.arguments === undefined) {
    await runHere(RUN, execute);
    return;
  }
  await execute(RUN, runs.arguments);
}

async function showReport(runs: Runs, execute: Execute): Promise<void> {
  const uri = runs.result?.uri;
  if (uri === undefined) {
    await nothingRanYet(execute);
    return;
  }
  await execute(SHOW_REPORT, { uri });
}

async function showPaniclog(runs: Runs, texts: Texts, execute: Execute): Promise<void> {
  if (runs.result === undefined) {
    await nothingRanYet(execute);
    return;
  }
  const lines = runs.result.runs.flatMap((run) => run.report?.paniclog ?? []);
  if (lines.length === 0) {
    await vscode.window.showInformationMessage('The last run wrote nothing into the paniclog.');
    return;
  }
  await texts.show('paniclog.ec', lines.join('\n') + '\n', 'log');
}

async function nothingRanYet(execute: Execute): Promise<void> {
  const run = 'Run callout';
  const chosen = await vscode.window.showInformationMessage('Nothing was run yet.', run);
  if (chosen === run) {
    await runHere(RUN, execute);
  }
}

interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

interface ProtocolLocation {
  readonly uri: string;
  readonly range: { readonly start: ProtocolPosition; readonly end: ProtocolPosition };
}

/** Shows places that a lens speaks of. */
async function showReferences(uri: string, position: ProtocolPosition, locations: ProtocolLocation[]): Promise<void> {
  const at = ({ line, character }: ProtocolPosition): vscode.Position => new vscode.Position(line, character);
  const places = locations.map(
    ({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(at(range.start), at(range.end))),
  );
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), at(position), places);
}
