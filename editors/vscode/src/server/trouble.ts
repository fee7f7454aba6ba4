// Says what keeps the server from running, with something to do about it.
import * as vscode from 'vscode';
import { OLDEST, written, type Trouble } from './binary';
import type { ServerState } from './server';

const INSTALLATION = 'https://github.com/momentum-lua/momentum-lua#use-it-on-your-policy';
const ISSUES = 'https://github.com/momentum-lua/momentum-lua/issues';

/** What a message offers. */
const ACTIONS = {
  choose: ['Choose executable…', 'momentumLua.chooseServer'],
  settings: ['Open setting', 'momentumLua.openServerSetting'],
  bundled: ['Use the bundled server', 'momentumLua.useBundledServer'],
  restart: ['Start again', 'momentumLua.restartServer'],
  enable: ['Use it here', 'momentumLua.enableHere'],
  log: ['Show log', 'momentumLua.showServerLog'],
} as const;

type Action = keyof typeof ACTIONS;

/** What is said of a binary that cannot be used. */
export function words(trouble: Trouble): string {
  const platform = `${process.platform}-${process.arch}`;
  switch (trouble.kind) {
    case 'missing':
      return `momentum-lua was not found: it is not on PATH, and this package brings none for ${platform}.`;
    case 'setting':
      return `The setting momentumLua.server.path names ${trouble.path}, which is not there or cannot be executed.`;
    case 'unusable':
      return trouble.origin === 'package'
        ? `The momentum-lua of this package does not run on ${platform}: ${trouble.reason}. Is it a package for another platform?`
        : `${trouble.path} cannot be used as momentum-lua: ${trouble.reason}.`;
    case 'old':
      return `${trouble.path} is momentum-lua ${written(trouble.version)}; this extension needs ${written(OLDEST)} or newer.`;
  }
}

/** Shows it, and does what the user chooses. */
export async function report(trouble: Trouble): Promise<void> {
  const ofPackage = trouble.kind === 'missing' || (trouble.kind === 'unusable' && trouble.origin === 'package');
  if (ofPackage) {
    await show(words(trouble), ['choose', 'log'], ['Installation', INSTALLATION]);
  } else {
    await show(words(trouble), ['settings', 'bundled', 'log']);
  }
}

/** Says that the server ended again and again. */
export async function reportCrashLoop(times: number): Promise<void> {
  const message = `The momentum-lua server ended ${times} times within three minutes and is left alone now.`;
  await show(message, ['restart', 'log'], ['Report it', ISSUES]);
}

/** Says that the server has not answered yet. */
export async function reportSilence(seconds: number): Promise<void> {
  await show(`The momentum-lua server has not answered within ${seconds} s.`, ['restart', 'settings', 'log']);
}

/** Says that the server could not be started, or did not want to. */
export async function reportRefusal(reason: string): Promise<void> {
  await show(`The momentum-lua server does not start: ${reason}`, ['restart', 'settings', 'log']);
}

/** Says that something was asked of a server that does not run. */
export async function reportStopped(state: ServerState): Promise<void> {
  if (state.kind === 'failed') {
    await show(`The momentum-lua server does not run: ${state.reason}`, ['restart', 'log'], ['Installation', INSTALLATION]);
    return;
  }
  const message = 'The momentum-lua server does not run, since nothing here looks like Momentum policy.';
  await show(message, vscode.workspace.workspaceFolders === undefined ? [] : ['enable']);
}

async function show(message: string, actions: readonly Action[], page?: readonly [string, string]): Promise<void> {
  const titles = actions.map((action) => ACTIONS[action][0]);
  const chosen = await vscode.window.showErrorMessage(message, ...titles, ...(page === undefined ? [] : [page[0]]));
  if (page !== undefined && chosen === page[0]) {
    await vscode.env.openExternal(vscode.Uri.parse(page[1]));
  }
  const action = actions.find((action) => ACTIONS[action][0] === chosen);
  if (action !== undefined) {
    await vscode.commands.executeCommand(ACTIONS[action][1]);
  }
}
