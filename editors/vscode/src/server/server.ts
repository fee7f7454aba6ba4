// The language server as the extension sees it: starts, stops, and tells its state.
import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  ErrorCodes,
  ResponseError,
  State,
  type LanguageClient,
  type LanguageClientOptions,
  type ShowDocumentParams,
  type ShowDocumentRequest,
  type ShowDocumentResult,
} from 'vscode-languageclient/node';
import { SECTION } from '../settings';
import type { Runs } from '../run/runs';
import type { Folders } from '../workspace/folders';
import { find, isTrouble, written, type Binary, type Trouble } from './binary';
import { Client } from './client';
import { Restarts } from './restarts';
import { report, reportCrashLoop, reportRefusal, reportSilence, words } from './trouble';

const OF_CONNECTION = { from: ErrorCodes.MessageWriteError, to: ErrorCodes.ConnectionInactive };

/** How long a server may take until it answers for the first time, in milliseconds. It reads nothing before it does. */
const PATIENCE = 20_000;

export type ServerState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly binary: Binary }
  | { readonly kind: 'failed'; readonly reason: string };

export class Server implements vscode.Disposable {
  private client: Client | undefined;
  private current: ServerState = { kind: 'idle' };
  private readonly changed = new vscode.EventEmitter<ServerState>();
  /** Starting and stopping wait for each other. */
  private turn: Promise<void> = Promise.resolve();
  /** Stops waiting for a server that is about to start. */
  private leave: () => void = () => undefined;
  private readonly restarts = new Restarts();

  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly folders: Folders,
    private readonly runs: Runs,
    private readonly log: vscode.LogOutputChannel,
    private readonly trace: vscode.OutputChannel,
  ) {}

  get state(): ServerState {
    return this.current;
  }

  /** The client, once the server runs. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() === true ? this.client : undefined;
  }

  /** Whether it runs, once it is neither about to start nor to stop. */
  async isUp(): Promise<boolean> {
    await this.turn;
    return this.running !== undefined;
  }

  /** Starts the server, anew if it runs. */
  restart(): Promise<void> {
    this.restarts.forget();
    this.leave();
    return this.after(() => this.startAnew());
  }

  stop(): Promise<void> {
    this.leave();
    return this.after(async () => {
      await this.shutDown();
      this.become({ kind: 'idle' });
    });
  }

  /** Tells the server that settings changed; it asks for them. */
  async settingsChanged(): Promise<void> {
    await this.running?.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  private after(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private become(state: ServerState): void {
    this.current = state;
    this.changed.fire(state);
  }

  private async startUp(): Promise<void> {
    this.become({ kind: 'starting' });
    const found = await this.find();
    if (isTrouble(found)) {
      this.log.error(words(found));
      this.become({ kind: 'failed', reason: words(found) });
      void report(found);
      return;
    }
    this.log.info(`${found.path} (from ${found.origin}), version ${written(found.version)}`);
    const client = this.clientOf(found);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) {
        return;
      }
      if (newState === State.Running) {
        this.become({ kind: 'running', binary: found });
      } else if (newState === State.Starting) {
        this.become({ kind: 'starting' });
      }
    });
    await this.starting(client);
  }

  /** Waits until the server has answered, has failed to, or has taken too long: then it may still do so later. */
  private async starting(client: Client): Promise<void> {
    const left = new Promise<'left'>((resolve) => {
      this.leave = () => {
        resolve('left');
      };
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, PATIENCE, 'late');
    });
    try {
      if ((await Promise.race([client.start(), left, late])) === 'late') {
        const reason = `It has not answered within ${PATIENCE / 1000} s.`;
        this.log.error(reason);
        this.become({ kind: 'failed', reason });
        void reportSilence(PATIENCE / 1000);
      }
    } catch (error) {
      if (isRefusal(error)) {
        // It is ended, which is no crash.
        this.client = undefined;
        void client.dispose().catch(() => undefined);
        this.log.error(error.message);
        this.become({ kind: 'failed', reason: error.message });
        void reportRefusal(error.message);
      } else {
        this.ended(client);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Starts a server again that ended although nobody asked it to, until it did so too often. */
  private ended(client: Client): void {
    if (this.client !== client) {
      return;
    }
    this.client = undefined;
    this.leave();
    const times = this.restarts.ended();
    this.log.warn(`The server ended (${times} times within three minutes).`);
    void client.dispose().catch(() => undefined);
    if (times < Restarts.LIMIT) {
      void this.after(() => (this.client === undefined && this.current.kind !== 'idle' ? this.startAnew() : Promise.resolve()));
    } else {
      this.become({ kind: 'failed', reason: 'It ended again and again.' });
      void reportCrashLoop(times);
    }
  }

  /** The binary, also while no server runs; what is wrong with it is reported. */
  async binary(): Promise<string | undefined> {
    if (this.current.kind === 'running') {
      return this.current.binary.path;
    }
    const found = await this.find();
    if (isTrouble(found)) {
      void report(found);
      return undefined;
    }
    return found.path;
  }

  private find(): Promise<Binary | Trouble> {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    return find({
      setting: configuration.get<string>('server.path', '').trim(),
      bundledOnly: configuration.get<boolean>('server.useBundled', false),
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      extension: this.extension.fsPath,
      searchPath: process.env.PATH ?? '',
    });
  }

  private clientOf(binary: Binary): Client {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const environment = configuration.get<Record<string, string>>('server.environment', {});
    const options: LanguageClientOptions = {
      documentSelector: this.folders.selector(),
      initializationOptions: configuration,
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      middleware: {
        executeCommand: this.runs.executeCommand.bind(this.runs),
        window: { showDocument: showBeside },
      },
      markdown: { isTrusted: false, supportHtml: false },
      errorHandler: {
        // What breaks a connection also closes it.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.ended(client);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      // What is wrong is said where it is noticed.
      initializationFailedHandler: () => false,
    };
    const program = {
      command: binary.path,
      args: ['lsp', ...configuration.get<string[]>('server.arguments', [])],
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      environment: { ...process.env, ...environment },
    };
    const client: Client = Client.of(program, options);
    return client;
  }

  private async startAnew(): Promise<void> {
    await this.shutDown();
    await this.startUp();
  }

  private async shutDown(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.stop(5_000).catch((error: unknown) => {
      this.log.warn(String(error));
    });
    await client?.dispose().catch(() => undefined);
  }
}

/** Whether an error is an answer of the server. Those of the connection have the codes of JSON-RPC itself. */
function isRefusal(error: unknown): error is ResponseError<unknown> {
  return error instanceof ResponseError && !(error.code >= OF_CONNECTION.from && error.code <= OF_CONNECTION.to);
}

/** Shows the report of a run beside the script, and leaves the cursor there; all else as usual. */
async function showBeside(
  parameters: ShowDocumentParams,
  next: ShowDocumentRequest.HandlerSignature,
): Promise<ShowDocumentResult> {
  const uri = vscode.Uri.parse(parameters.uri);
  if (parameters.external === true || !uri.path.endsWith('.report.txt')) {
    const shown = await next(parameters, new vscode.CancellationTokenSource().token);
    return 'success' in shown ? shown : { success: false };
  }
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  return { success: true };
}
