// What was run last. Lenses, commands and other extensions all come through the client's one way of executing commands.
import * as vscode from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient/node';
import { RUN, RUN_WITH, SESSIONS, TEST, type RunArguments, type RunResult, type SessionList } from './protocol';
import { mayRun } from './trust';

type Next = (command: string, args: unknown[]) => vscode.ProviderResult<unknown>;

export class Runs implements ExecuteCommandMiddleware, vscode.Disposable {
  private readonly ended = new vscode.EventEmitter<RunResult>();
  private lastArguments: RunArguments | undefined;
  private lastResult: RunResult | undefined;

  readonly onDidEnd = this.ended.event;

  /** What the last run was asked for with. */
  get arguments(): RunArguments | undefined {
    return this.lastArguments;
  }

  get result(): RunResult | undefined {
    return this.lastResult;
  }

  async executeCommand(command: string, args: unknown[], next: Next): Promise<unknown> {
    if ((command === RUN || command === RUN_WITH || command === TEST) && !mayRun()) {
      return null;
    }
    if (command !== RUN && command !== RUN_WITH) {
      return next(command, args);
    }
    const given = args[0] as RunArguments;
    const wanted = command === RUN ? given : await choose(given, next);
    if (wanted === undefined) {
      return null;
    }
    const result = (await next(RUN, [wanted])) as RunResult | null | undefined;
    // Nothing comes back when a newer run took its place.
    if (result?.version === 1) {
      this.lastResult = result;
      this.lastArguments = repeated(wanted, result);
      this.ended.fire(result);
    }
    return result;
  }

  dispose(): void {
    this.ended.dispose();
  }
}

/** The same again, with the sessions that were chosen. */
function repeated(given: RunArguments, result: RunResult): RunArguments {
  return { ...given, sessions: result.runs.flatMap((run) => run.session ?? []) };
}

/** Lets the user choose the session; nothing if they choose none. */
async function choose(given: RunArguments, next: Next): Promise<RunArguments | undefined> {
  const { uri, callout } = given;
  const asked = callout === undefined ? { uri } : { uri, callout };
  const { sessions } = (await next(SESSIONS, [asked])) as SessionList;
  const items = [
    ...sessions.map((session) => ({
      label: session.name,
      description: vscode.workspace.asRelativePath(vscode.Uri.parse(session.uri)),
      sessions: [session.uri],
    })),
    { label: 'A made-up session', description: 'one plain message', sessions: [] },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: `Run ${callout ?? 'the policy'} with which session?` });
  return chosen && { ...given, sessions: chosen.sessions };
}
