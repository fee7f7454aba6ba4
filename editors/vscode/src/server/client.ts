// The client of the protocol, with what is particular to this server.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import {
  LanguageClient,
  State,
  type ClientCapabilities,
  type FeatureState,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { SHOW_REFERENCES } from '../run/protocol';
import { SECTION } from '../settings';

/** How long a server may take to end when it was told to, in milliseconds. */
const PATIENCE = 2_000;

/** What is started: a program, and what it is started with. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it works; nothing where no folder is open. */
  readonly folder: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

export class Client extends LanguageClient {
  private constructor(
    private readonly server: Process,
    options: LanguageClientOptions,
  ) {
    super(SECTION, 'Momentum Lua', () => server.start(), options);
    this.registerFeature(new OwnCommands());
  }

  static of(program: Program, options: LanguageClientOptions): Client {
    return new Client(new Process(program), options);
  }

  /** Everything goes into the log. That a server did not start, or ended, is said with something to do about it. */
  override error(message: string, data?: unknown, show?: boolean | 'force'): void {
    super.error(message, data, show === 'force' ? false : show);
  }

  /** Ends the server, whatever it does at the moment. One that does not answer is killed. */
  override async stop(timeout?: number): Promise<void> {
    try {
      // Nothing can be said to one that has not answered yet.
      if (this.state === State.Running) {
        await super.stop(timeout);
        await this.server.ending();
      }
    } finally {
      this.server.kill();
    }
  }
}

/** The process of the server. */
class Process {
  private child: ChildProcess | undefined;

  constructor(private readonly program: Program) {}

  start(): Promise<ChildProcess> {
    const { command, args, folder, environment } = this.program;
    const child = spawn(command, args, { cwd: folder, env: environment, windowsHide: true });
    this.child = child;
    return new Promise((resolve, reject) => {
      child.once('spawn', () => {
        resolve(child);
      });
      child.once('error', reject);
    });
  }

  /** Waits until it has ended, but not long. */
  async ending(): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      await Promise.race([once(child, 'exit'), setTimeout(PATIENCE)]);
    }
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }
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
