// A real workbench: code-server with the packaged extension, in Debian's Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const { CODE_SERVER, VSIX, EXAMPLES, PATIENCE } = process.env;

// Nothing that changes by itself, nothing that covers the editor.
const QUIET = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.minimap.enabled': false,
};

/**
 * Starts a workbench with the packaged extension. `out` is a folder for it alone, `settings` those of the user.
 */
export async function startWorkbench({ out, settings = {} }) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(path.join(out, 'user/User'), { recursive: true });
  writeFileSync(path.join(out, 'config.yaml'), 'auth: none\n');
  writeFileSync(path.join(out, 'user/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }));

  const base = [CODE_SERVER, '--config', `${out}/config.yaml`, '--user-data-dir', `${out}/user`, '--extensions-dir', `${out}/extensions`];
  const env = { ...process.env, XDG_DATA_HOME: `${out}/xdg` };
  // The server under test is that of the package.
  env.PATH = env.PATH.split(':').filter((entry) => !existsSync(path.join(entry, 'momentum-lua'))).join(':');
  delete env.VSCODE_IPC_HOOK_CLI;
  execFileSync(process.execPath, [...base, '--install-extension', VSIX], { env, stdio: 'pipe' });

  const port = await freePort();
  const log = openSync(path.join(out, 'code-server.log'), 'w');
  const server = spawn(
    process.execPath,
    [...base, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    { env, stdio: ['ignore', log, log], detached: true },
  );
  let browser;
  const close = async () => {
    await browser?.close();
    try {
      process.kill(-server.pid, 'SIGTERM');
    } catch {
      // It is gone already.
    }
  };
  try {
    await untilHealthy(port, server);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
    return new Workbench(out, port, browser, close);
  } catch (error) {
    await close();
    throw error;
  }
}

class Workbench {
  constructor(out, port, browser, close) {
    Object.assign(this, { out, port, browser, close });
  }

  /**
   * A page that is to show a folder, and its address. `file` is opened, `development` are the paths of an extension under
   * development and of its tests.
   */
  async page(folder, { file, development } = {}) {
    const authority = `127.0.0.1:${this.port}`;
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 760 } });
    if (development !== undefined) {
      const uri = (path) => ({ $mid: 1, scheme: 'vscode-remote', authority, path });
      await page.addInitScript(addDevelopmentOptions, { extensions: [uri(development.extension)], extensionTestsPath: uri(development.tests) });
    }
    const query = new URLSearchParams({ folder });
    if (file !== undefined) {
      query.set('payload', JSON.stringify([['openFile', `vscode-remote://${authority}${file}`]]));
    }
    return { page, url: `http://${authority}/?${query}` };
  }

  /** What the workbench wrote into its logs that may explain a failure. */
  evidence() {
    const logs = globSync('user/logs/**/*.log', { cwd: this.out }).map((name) => [name, readFileSync(path.join(this.out, name), 'utf8')]);
    const own = logs.filter(([name]) => name.endsWith('Momentum Lua.log')).map(([name, text]) => [name, text.trim().split('\n').slice(-15)]);
    const errors = logs
      .filter(([name]) => name.endsWith('remoteexthost.log'))
      .map(([name, text]) => [name, text.split(/\n(?=\d{4}-)/).filter((entry) => /\[error\].*momentum-lua/is.test(entry)).slice(-5)]);
    return [...errors, ...own]
      .filter(([, lines]) => lines.length > 0)
      .map(([name, lines]) => `-- ${path.join(this.out, name)}\n${lines.join('\n')}`)
      .join('\n');
  }
}

// code-server has no flag for the workbench option that names extensions under test, so it is put in as the page reads
// its own configuration.
function addDevelopmentOptions(options) {
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = original.call(this, name);
    if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings') {
      return value;
    }
    const configuration = JSON.parse(value);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    return JSON.stringify(configuration);
  };
}

/** A copy of the example tree in a workbench's folder. */
export function policyTree(out, name = 'policy') {
  const folder = path.join(out, name);
  cpSync(EXAMPLES, folder, { recursive: true });
  return folder;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilHealthy(port, server) {
  const end = Date.now() + Number(PATIENCE) * 1000;
  while (Date.now() < end) {
    if (server.exitCode !== null) {
      throw new Error(`code-server ended with ${server.exitCode}`);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`code-server did not start within ${PATIENCE} s`);
}
