// Commands about the server itself.
import * as vscode from 'vscode';
import type { Server } from '../server/server';
import { reportStopped } from '../server/trouble';
import { SECTION } from '../settings';
import type { Folders } from '../workspace/folders';

const PATH = 'server.path';

export function registerServerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  folders: Folders,
  log: vscode.OutputChannel,
): void {
  const commands: Record<string, () => unknown> = {
    restartServer: () => (folders.any() ? server.restart() : reportStopped(server.state)),
    showServerLog: () => {
      log.show(true);
    },
    openServerSetting: () => openSettings(`@id:${SECTION}.${PATH}`),
    enableHere,
    chooseServer,
    useBundledServer,
    serverMenu: () => menu(server),
  };
  for (const [name, command] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(`${SECTION}.${name}`, command));
  }
}

/** Other Lua is left alone until somebody says otherwise. */
async function enableHere(): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update('enable', 'on', vscode.ConfigurationTarget.Workspace);
}

/** A changed path starts the server anew. */
async function setPath(value: string | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const inspected = configuration.inspect<string>(PATH);
  if (value === undefined && inspected?.workspaceValue !== undefined) {
    await configuration.update(PATH, undefined, vscode.ConfigurationTarget.Workspace);
  }
  await configuration.update(PATH, value, vscode.ConfigurationTarget.Global);
}

async function chooseServer(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ title: 'The momentum-lua executable', canSelectMany: false });
  if (chosen?.[0] !== undefined) {
    await setPath(chosen[0].fsPath);
  }
}

async function useBundledServer(): Promise<void> {
  // The path goes first: each change starts the server anew, and with the old path that would be told once more.
  await setPath(undefined);
  await vscode.workspace.getConfiguration(SECTION).update('server.useBundled', true, vscode.ConfigurationTarget.Global);
}

/** Settings of a machine are not among those of the user in a window that shows another machine. */
async function openSettings(query: string): Promise<void> {
  const where = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await vscode.commands.executeCommand(`workbench.action.${where}`, { query });
}

async function menu(server: Server): Promise<void> {
  const entries = [
    { label: '$(output) Show server log', command: 'showServerLog' },
    { label: '$(debug-restart) Restart server', command: 'restartServer' },
    { label: '$(gear) Settings', command: 'openSettings' },
  ];
  const title = server.state.kind === 'failed' ? server.state.reason : 'Momentum Lua';
  const chosen = await vscode.window.showQuickPick(entries, { title });
  if (chosen?.command === 'openSettings') {
    await openSettings('@ext:momentum-lua.momentum-lua');
  } else if (chosen !== undefined) {
    await vscode.commands.executeCommand(`${SECTION}.${chosen.command}`);
  }
}
