// Which of the open folders hold Momentum's policy. Other Lua projects are left alone.
import * as vscode from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient/node';
import { SECTION } from '../settings';
import { MARKERS, PASSED_OVER, usesMomentum } from './policy';

type Enabled = 'auto' | 'on' | 'off';

export class Folders {
  /** Folders that are policy, by URI. */
  private readonly policy = new Set<string>();
  /** Scripts outside of every folder that use the API. */
  private readonly scripts = new Set<string>();

  /** Looks through the open folders anew. `true` if anything is ours. */
  async examine(): Promise<boolean> {
    this.policy.clear();
    this.scripts.clear();
    const folders = vscode.workspace.workspaceFolders ?? [];
    await Promise.all(
      folders.map(async (folder) => {
        if (await isPolicy(folder)) {
          this.policy.add(folder.uri.toString());
        }
      }),
    );
    for (const document of vscode.workspace.textDocuments) {
      this.notice(document);
    }
    return this.any();
  }

  /** Whether there is anything for the server. */
  any(): boolean {
    return this.policy.size > 0 || this.scripts.size > 0;
  }

  /** Takes a document in that was opened. `true` if something is policy now that was not known to be. */
  notice(document: vscode.TextDocument): boolean {
    const configuration = document.languageId === 'ecelerity';
    if (!configuration && (document.languageId !== 'lua' || !usesMomentum(document.getText()))) {
      return false;
    }
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (enabled(document.uri) === 'off') {
      return false;
    }
    const known = folder === undefined ? this.scripts : this.policy;
    const uri = (folder ?? document).uri.toString();
    if (document.uri.scheme !== 'file' || known.has(uri)) {
      return false;
    }
    known.add(uri);
    return true;
  }

  /** Whether a file belongs to policy. */
  has(uri: vscode.Uri): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return this.scripts.has(uri.toString()) || (folder !== undefined && this.policy.has(folder.uri.toString()));
  }

  /** Which documents the server is told of. */
  selector(): DocumentSelector {
    const roots = [...this.policy].map(literal);
    const scripts = [...this.scripts].map(literal);
    const inside = roots.flatMap((root) => [
      { scheme: 'file', language: 'lua', pattern: `${root}/**/*` },
      // Which of them are sessions the server knows.
      { scheme: 'file', pattern: `${root}/**/*.toml` },
    ]);
    return [
      { scheme: 'file', language: 'ecelerity' },
      { scheme: 'untitled', language: 'lua' },
      ...inside,
      ...scripts.map((pattern) => ({ scheme: 'file', language: 'lua', pattern })),
    ];
  }
}

/** A pattern for the path of a URI: what would mean something in a pattern stands for any character there. */
function literal(uri: string): string {
  return vscode.Uri.parse(uri).fsPath.replaceAll(/[[\]{}*?]/g, '?');
}

function enabled(scope: vscode.Uri): Enabled {
  return vscode.workspace.getConfiguration(SECTION, scope).get<Enabled>('enable', 'auto');
}

async function isPolicy(folder: vscode.WorkspaceFolder): Promise<boolean> {
  const setting = enabled(folder.uri);
  if (setting !== 'auto') {
    return setting === 'on';
  }
  const inside = new vscode.RelativePattern(folder, MARKERS);
  return (await vscode.workspace.findFiles(inside, PASSED_OVER, 1)).length > 0;
}
