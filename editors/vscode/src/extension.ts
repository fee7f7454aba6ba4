// Entry point: puts the parts together.
import * as vscode from 'vscode';
import { registerCreateCommands } from './commands/create';
import { registerReferenceCommands } from './commands/reference';
import { registerServerCommands } from './commands/server';
import { registerRunCommands } from './run/commands';
import type { RunResult } from './run/protocol';
import { Runs } from './run/runs';
import { Server } from './server/server';
import { SECTION } from './settings';
import { Status } from './status';
import { Tests } from './testing/controller';
import type { TestReport } from './testing/report';
import { Texts } from './texts';
import { recognizeConfiguration } from './workspace/configuration';
import { Folders } from './workspace/folders';
import { MARKERS } from './workspace/policy';

/** What other extensions get: results of runs (docs/lsp-extensions.md) and of tests (docs/testing.md). */
export interface Exports {
  readonly onDidEndRun: vscode.Event<RunResult>;
  readonly onDidEndTests: vscode.Event<TestReport>;
}

let stop: (() => Promise<void>) | undefined;

/** The server ends before its editor does. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

export async function activate(context: vscode.ExtensionContext): Promise<Exports> {
  const log = vscode.window.createOutputChannel('Momentum Lua', { log: true });
  const trace = vscode.window.createOutputChannel('Momentum Lua Protocol');
  const folders = new Folders();
  const runs = new Runs();
  const texts = new Texts();
  const server = new Server(context.extensionUri, folders, runs, log, trace);
  stop = () => server.stop();
  const tests = new Tests(server, folders);
  context.subscriptions.push(log, trace, runs, texts, server, tests, new Status(server, folders));
  registerServerCommands(context, server, folders, log);
  registerRunCommands(context, server, runs, texts);
  registerReferenceCommands(context, server, texts);
  registerCreateCommands(context, server);
  context.subscriptions.push(vscode.commands.registerCommand(`${SECTION}.runTests`, () => tests.runAll()));

  const look = async (): Promise<void> => {
    const policy = await folders.examine();
    await vscode.commands.executeCommand('setContext', 'momentumLua.policy', policy);
    await (policy ? server.restart() : server.stop());
    await tests.discover();
  };
  // A folder may become policy, or cease to be it. Within policy the server sees to its files itself.
  const lookAgain = async (): Promise<void> => {
    const told = JSON.stringify(folders.selector());
    await folders.examine();
    if (JSON.stringify(folders.selector()) !== told) {
      await look();
    }
  };
  const notice = async (document: vscode.TextDocument): Promise<void> => {
    if (folders.notice(document)) {
      await vscode.commands.executeCommand('setContext', 'momentumLua.policy', true);
      await server.restart();
      await tests.discover();
    }
  };
  recognizeConfiguration(context, folders);
  const markers = vscode.workspace.createFileSystemWatcher(MARKERS, false, true);
  context.subscriptions.push(
    markers,
    markers.onDidCreate(lookAgain),
    markers.onDidDelete(lookAgain),
    vscode.workspace.onDidOpenTextDocument(notice),
    vscode.workspace.onDidSaveTextDocument(notice),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration(`${SECTION}.enable`) || change.affectsConfiguration(`${SECTION}.server`)) {
        await look();
      } else if (change.affectsConfiguration(SECTION)) {
        await server.settingsChanged();
      }
    }),
  );
  await look();
  return { onDidEndRun: runs.onDidEnd, onDidEndTests: tests.onDidEnd };
}
