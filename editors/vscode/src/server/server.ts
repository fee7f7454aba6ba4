// The language server as the extension sees it: starts, stops, and tells its state.
import * as vscode from 'vscode';
import {
  DidChangeConfigurationNotification,
  LanguageClient,
  State,
  TransportKind,
  type ClientCapabilities,
  type FeatureState,
  type LanguageClientOptions,
  type ShowDocumentParams,
  type ShowDocumentRequest,
  type ShowDocumentResult,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { SECTION } from '../settings';
import { SHOW_REFERENCES } from '../run/protocol';
import type { Runs } from '../run/runs';
import type { Folders } from '../workspace/folders';
import { find, isTrouble, written, type Binary, type Trouble } from './binary';
import { Restarts } from './restarts';
import { report, reportCrashLoop, words } from './trouble';

export type ServerState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly binary: Binary }
  | { readonly kind: 'failed'; readonly reason: string };

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private current: ServerState = { kind: 'idle' };
  private readonly changed = new vscode.EventEmitter<ServerState>();
  /** Starting and stopping wait for each other. */
  private turn: Promise<void> = Promise.resolve();

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
    return this.after(async () => {
      await this.shutDown();
      await this.startUp();
    });
  }

  stop(): Promise<void> {
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
      if (newState === State.Running) {
        this.become({ kind: 'running', binary: found });
      } else if (newState === State.Starting) {
        this.become({ kind: 'starting' });
      }
    });
    try {
      await client.start();
    } catch (error) {
      this.log.error(String(error));
      this.become({ kind: 'failed', reason: String(error) });
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

  private clientOf(binary: Binary): LanguageClient {
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
      errorHandler: new Restarts((times) => {
        this.become({ kind: 'failed', reason: 'It ended again and again.' });
        void reportCrashLoop(times);
      }),
    };
    const executable = {
      command: binary.path,
      args: ['lsp', ...configuration.get<string[]>('server.arguments', [])],
      transport: TransportKind.stdio,
      options: { env: { ...process.env, ...environment } },
    };
    const client = new LanguageClient(SECTION, 'Momentum Lua', executable, options);
    client.registerFeature(new OwnCommands());
    return client;
  }

  private async shutDown(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop() === true) {
      await client.stop(5_000).catch((error: unknown) => {
        this.log.warn(String(error));
      });
    }
    await client?.dispose().catch(() => undefined);
  }
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

/** Tells the server which commands of ours it may name in lenses. */
class OwnCommands implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as object;
    capabilities.experimental = { ...experimental, commands: { commands: [SHOW_REFERENCES] } };
  }

  initialize(): void {
    // Nothing to register.
  }

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {
    // Nothing to take back.
  }
}
