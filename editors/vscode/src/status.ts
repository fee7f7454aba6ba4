// The status item: state of the server, the version of Momentum that the policy is for, and how many scripts there are.
import * as vscode from 'vscode';
import { invoke } from './cli';
import { written, type Binary } from './server/binary';
import type { Server, ServerState } from './server/server';
import type { Folders } from './workspace/folders';
import { PASSED_OVER } from './workspace/policy';

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('momentumLua.status', vscode.StatusBarAlignment.Right, 90);
  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/{*.lua,momentum-lua.toml}', false, true);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly folders: Folders,
  ) {
    this.item.name = 'Momentum Lua';
    this.item.command = 'momentumLua.serverMenu';
    const again = (): void => {
      this.show(this.server.state);
    };
    this.subscriptions = [
      server.onDidChangeState((state) => {
        this.show(state);
      }),
      this.watcher,
      this.watcher.onDidCreate(again),
      this.watcher.onDidDelete(again),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.fileName.endsWith('momentum-lua.toml')) {
          again();
        }
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.item.dispose();
  }

  private show(state: ServerState): void {
    this.item.backgroundColor = undefined;
    switch (state.kind) {
      case 'idle':
        this.item.hide();
        return;
      case 'starting':
        this.item.text = '$(sync~spin) Momentum';
        this.item.tooltip = 'The server starts';
        break;
      case 'failed':
        this.item.text = '$(error) Momentum';
        this.item.tooltip = state.reason;
        this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
        break;
      case 'running':
        void this.showTree(state.binary);
        break;
    }
    this.item.show();
  }

  /** What is read: the first policy tree's target, the scripts of all. */
  private async showTree(binary: Binary): Promise<void> {
    const policy = (vscode.workspace.workspaceFolders ?? []).filter((folder) => this.folders.has(folder.uri));
    const scripts = await Promise.all(
      policy.map((folder) => vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*.lua'), PASSED_OVER)),
    );
    const count = scripts.flat().length;
    const folder = policy[0]?.uri.fsPath;
    const target = folder === undefined ? undefined : await targetOf(binary.path, folder);
    if (this.server.state.kind !== 'running') {
      return;
    }
    this.item.text = `$(check) Momentum${target === undefined ? '' : ` ${target}`} · ${count === 1 ? '1 script' : `${count} scripts`}`;
    this.item.tooltip = `momentum-lua ${written(binary.version)}, ${binary.path}`;
  }
}

/** The version of Momentum that a tree is for. */
async function targetOf(binary: string, folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await invoke(binary, ['config', '--format', 'json'], folder);
    const found: unknown = JSON.parse(stdout);
    return typeof found === 'object' && found !== null && 'target' in found ? String(found.target) : undefined;
  } catch {
    return undefined;
  }
}
