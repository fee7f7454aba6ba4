// A real workbench: code-server with the packaged extension, in Debian's Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const { CODE_SERVER, VSIX, OUT, EXAMPLES } = process.env;

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

/** Opens the example tree in a window of its own. `development` becomes the workbench's option of that name. */
export async function openWorkbench({ name, settings = {}, development, file, prepare }) {
  const out = path.join(OUT, name);
  const folder = path.join(out, 'policy');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(path.join(out, 'user/User'), { recursive: true });
  writeFileSync(path.join(out, 'config.yaml'), 'auth: none\n');
  writeFileSync(path.join(out, 'user/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  cpSync(EXAMPLES, folder, { recursive: true });
  prepare?.(folder);

  const base = [CODE_SERVER, '--config', `${out}/config.yaml`, '--user-data-dir', `${out}/user`, '--extensions-dir', `${out}/extensions`];
  const env = { ...process.env, XDG_DATA_HOME: `${out}/xdg` };
  delete env.VSCODE_IPC_HOOK_CLI;
  execFileSync(process.execPath, [...base, '--install-extension', VSIX], { env, stdio: 'pipe' });

  const port = await freePort();
  const log = openSync(path.join(out, 'code-server.log'), 'w');
  const server = spawn(
    process.execPath,
    [...base, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'],
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
    const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
    if (development !== undefined) {
      await page.addInitScript(addDevelopmentOptions, development(`127.0.0.1:${port}`));
    }
    const query = new URLSearchParams({ folder });
    if (file !== undefined) {
      query.set('payload', JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${port}${folder}/${file}`]]));
    }
    return { page, folder, out, close, url: `http://127.0.0.1:${port}/?${query}` };
  } catch (error) {
    await close();
    throw error;
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

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilHealthy(port, server) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) {
      throw new Error(`code-server ended with ${server.exitCode}`);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(100);
  }
  throw new Error('code-server did not start within 30 s');
}
