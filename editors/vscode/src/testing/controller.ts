// The Testing view: tests of the policy, run by `momentum-lua test`.
import path from 'node:path';
import * as vscode from 'vscode';
import { invoke } from '../cli';
import { mayRun } from '../run/trust';
import type { Server } from '../server/server';
import { isPassedOver, PASSED_OVER } from '../workspace/policy';
import type { Folders } from '../workspace/folders';
import { fileCoverages, ScriptFileCoverage } from './coverage';
import { read, type Check, type TestReport, type TestResult } from './report';
import { outline, TESTS } from './sessions';

export class Tests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController('momentumLua', 'Momentum policy');
  private readonly watcher = vscode.workspace.createFileSystemWatcher(TESTS);

  private readonly ended = new vscode.EventEmitter<TestReport>();

  readonly onDidEnd = this.ended.event;

  constructor(
    private readonly server: Server,
    private readonly folders: Folders,
  ) {
    this.controller.resolveHandler = async (item) => {
      await (item === undefined ? this.discover() : this.examine(item.uri));
    };
    this.controller.refreshHandler = () => this.discover();
    const profile = (name: string, kind: vscode.TestRunProfileKind, coverage: boolean): vscode.TestRunProfile =>
      this.controller.createRunProfile(name, kind, (request, token) => this.run(request, token, coverage), true);
    profile('Run', vscode.TestRunProfileKind.Run, false);
    profile('Run with coverage', vscode.TestRunProfileKind.Coverage, true).loadDetailedCoverage = (_, file) =>
      Promise.resolve(file instanceof ScriptFileCoverage ? file.details() : []);
    this.watcher.onDidCreate((uri) => this.examine(uri));
    this.watcher.onDidChange((uri) => this.examine(uri));
    this.watcher.onDidDelete((uri) => {
      this.controller.items.delete(uri.toString());
    });
  }

  /** Looks for tests in all policy trees anew. */
  async discover(): Promise<void> {
    const files = await vscode.workspace.findFiles(TESTS, PASSED_OVER);
    const known = new Set(files.map((uri) => uri.toString()));
    this.controller.items.forEach((item) => {
      if (!known.has(item.id)) {
        this.controller.items.delete(item.id);
      }
    });
    await Promise.all(files.map((uri) => this.examine(uri)));
  }

  /** Runs all tests. */
  async runAll(): Promise<void> {
    await this.discover();
    const token = new vscode.CancellationTokenSource().token;
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await this.run(new vscode.TestRunRequest(), token, false);
  }

  dispose(): void {
    this.watcher.dispose();
    this.ended.dispose();
    this.controller.dispose();
  }

  private async examine(uri: vscode.Uri | undefined): Promise<void> {
    if (uri === undefined || !this.folders.has(uri)) {
      return;
    }
    const name = vscode.workspace.asRelativePath(uri, false);
    if (isPassedOver(name)) {
      return;
    }
    if (uri.path.endsWith('.lua')) {
      this.controller.items.add(this.controller.createTestItem(uri.toString(), name, uri));
      return;
    }
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
    const found = outline(text);
    if (found === undefined) {
      this.controller.items.delete(uri.toString());
      return;
    }
    const item = this.controller.createTestItem(uri.toString(), path.basename(uri.path, '.toml').replace(/\.session$/, ''), uri);
    if (found.description !== undefined) {
      item.description = found.description;
    }
    item.range = new vscode.Range(0, 0, 0, 0);
    item.children.replace(
      found.expectations.map(({ key, line }) => {
        const child = this.controller.createTestItem(`${uri.toString()}#${line + 1}`, key, uri);
        child.range = new vscode.Range(line, 0, line, 0);
        return child;
      }),
    );
    this.controller.items.add(item);
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken, coverage: boolean): Promise<void> {
    if (!mayRun()) {
      return;
    }
    const run = this.controller.createTestRun(request);
    const files = this.filesOf(request);
    try {
      const binary = await this.server.binary();
      if (binary === undefined) {
        return;
      }
      await vscode.workspace.saveAll(false);
      for (const item of files) {
        run.started(item);
      }
      for (const [folder, items] of byFolder(files)) {
        const paths = items.map((item) => path.relative(folder, item.uri?.fsPath ?? ''));
        const args = ['test', '--format', 'json', '--coverage', coverage ? 'summary' : 'off', ...paths];
        const { stdout, stderr } = await invoke(binary, args, folder, token);
        if (token.isCancellationRequested) {
          break;
        }
        const report = read(stdout, stderr);
        this.tell(run, items, report, folder);
        this.ended.fire(report);
        if (stderr !== '') {
          run.appendOutput(stderr.replaceAll('\n', '\r\n'));
        }
      }
    } catch (error) {
      for (const item of files) {
        run.errored(item, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
      }
    } finally {
      run.end();
    }
  }

  /** The files of a request: expectations are tested with their file. */
  private filesOf(request: vscode.TestRunRequest): vscode.TestItem[] {
    const wanted = new Set<vscode.TestItem>();
    const all: vscode.TestItem[] = [];
    this.controller.items.forEach((item) => all.push(item));
    for (const item of request.include ?? all) {
      wanted.add(item.parent ?? item);
    }
    for (const item of request.exclude ?? []) {
      wanted.delete(item);
    }
    return [...wanted];
  }

  private tell(run: vscode.TestRun, items: readonly vscode.TestItem[], report: TestReport, folder: string): void {
    for (const item of items) {
      const file = item.uri?.fsPath;
      const results = report.tests.filter((test) => path.resolve(folder, test.file) === file);
      if (results.length === 0) {
        run.skipped(item);
      } else if (results[0]?.kind === 'lua') {
        this.tellLua(run, item, results);
      } else {
        for (const result of results) {
          tellSession(run, item, result);
        }
      }
    }
    for (const coverage of report.coverage === undefined ? [] : fileCoverages(report.coverage, folder)) {
      run.addCoverage(coverage);
    }
  }

  /** Tests in Lua are known by their names only when they have run. */
  private tellLua(run: vscode.TestRun, item: vscode.TestItem, results: readonly TestResult[]): void {
    const children = results.map((result) => {
      const child = this.controller.createTestItem(`${item.id}#${result.line}`, result.name, item.uri);
      child.range = new vscode.Range(result.line - 1, 0, result.line - 1, 0);
      return { child, result };
    });
    item.children.replace(children.map(({ child }) => child));
    for (const { child, result } of children) {
      tellOutcome(run, child, result, messages(child, result));
    }
    const failed = children.some(({ result }) => result.outcome === 'failed');
    if (failed) {
      run.failed(item, []);
    } else {
      run.passed(item);
    }
  }
}

function tellSession(run: vscode.TestRun, item: vscode.TestItem, result: TestResult): void {
  item.children.forEach((child) => {
    // Several expectations may stand in one line.
    const checks = (result.checks ?? []).filter((check) => child.id === `${item.id}#${check.line ?? 0}`);
    const said = checks.flatMap((check) => missed(check, child));
    if (said.length > 0) {
      run.failed(child, said);
    } else if (checks.length > 0) {
      run.passed(child);
    }
  });
  for (const line of [...(result.verdict ?? []), ...(result.notes ?? [])]) {
    run.appendOutput(`${line}\r\n`, undefined, item);
  }
  tellOutcome(run, item, result, messages(item, result));
}

function tellOutcome(run: vscode.TestRun, item: vscode.TestItem, result: TestResult, said: vscode.TestMessage[]): void {
  const elapsed = result.elapsed_us / 1000;
  switch (result.outcome) {
    case 'passed':
      run.passed(item, elapsed);
      break;
    case 'failed':
      run.failed(item, said, elapsed);
      break;
    case 'skipped':
      run.skipped(item);
      break;
  }
}

/** What is said of a test as a whole: what belongs to an expectation stands there. */
function messages(item: vscode.TestItem, result: TestResult): vscode.TestMessage[] {
  const outside = (result.checks ?? []).filter(
    (check) => check.misses.length > 0 && item.children.get(`${item.id}#${check.line ?? 0}`) === undefined,
  );
  const said = outside.flatMap((check) => missed(check, item));
  if (result.message !== undefined) {
    const message = new vscode.TestMessage(result.message);
    place(message, item, result.message_line ?? result.line);
    said.push(message);
  }
  return said;
}

function missed(check: Check, item: vscode.TestItem): vscode.TestMessage[] {
  return check.misses.map((miss) => {
    const where = miss.of === undefined ? check.key : `${check.key} (${miss.of})`;
    const message = vscode.TestMessage.diff(`${where}: expected ${check.expected}, was ${miss.actual}`, check.expected, miss.actual);
    place(message, item, check.line ?? 1);
    return message;
  });
}

function place(message: vscode.TestMessage, item: vscode.TestItem, line: number): void {
  if (item.uri !== undefined) {
    message.location = new vscode.Location(item.uri, new vscode.Position(Math.max(line - 1, 0), 0));
  }
}

function byFolder(items: readonly vscode.TestItem[]): Map<string, vscode.TestItem[]> {
  const folders = new Map<string, vscode.TestItem[]>();
  for (const item of items) {
    const folder = item.uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(item.uri);
    if (folder !== undefined) {
      folders.set(folder.uri.fsPath, [...(folders.get(folder.uri.fsPath) ?? []), item]);
    }
  }
  return folders;
}
