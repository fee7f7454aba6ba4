// What tests executed, in the editor's terms.
import path from 'node:path';
import * as vscode from 'vscode';
import type { Coverage, ScriptCoverage } from './report';

/** What was executed of a script. */
export class ScriptFileCoverage extends vscode.FileCoverage {
  constructor(
    uri: vscode.Uri,
    private readonly script: ScriptCoverage,
  ) {
    const ways = script.branches.flatMap(({ yes, no }) => [yes, no]);
    super(uri, share(script.lines.map(({ count }) => count)), share(ways), share(script.callouts.map(({ count }) => count)));
  }

  details(): vscode.FileCoverageDetail[] {
    const start = (line: number): vscode.Position => new vscode.Position(Math.max(line - 1, 0), 0);
    return this.script.lines.map(({ line, count }) => {
      const branches = this.script.branches
        .filter((branch) => branch.line === line)
        .flatMap(({ kind, yes, no }) => [
          new vscode.BranchCoverage(yes, start(line), `${kind} true`),
          new vscode.BranchCoverage(no, start(line), `${kind} false`),
        ]);
      return new vscode.StatementCoverage(count, start(line), branches);
    });
  }
}

function share(counts: readonly number[]): vscode.TestCoverageCount {
  return new vscode.TestCoverageCount(counts.filter((count) => count > 0).length, counts.length);
}

/** The coverage of each script; names are relative to the folder that the tests ran in. */
export function fileCoverages(coverage: Coverage, folder: string): ScriptFileCoverage[] {
  return Object.entries(coverage.scripts).map(
    ([file, script]) => new ScriptFileCoverage(vscode.Uri.file(path.resolve(folder, file)), script),
  );
}
