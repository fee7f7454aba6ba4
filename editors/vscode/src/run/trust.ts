// Scripts are run where the user trusts the folder. Findings need no trust: nothing is executed for them.
import * as vscode from 'vscode';

/** Whether scripts may be run here; says so where they may not. */
export function mayRun(): boolean {
  if (!vscode.workspace.isTrusted) {
    void refuse();
  }
  return vscode.workspace.isTrusted;
}

async function refuse(): Promise<void> {
  const manage = 'Manage workspace trust';
  const message = 'Scripts are not run in a workspace that you have not trusted.';
  if ((await vscode.window.showWarningMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
