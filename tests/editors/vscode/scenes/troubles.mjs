// Servers that cannot be used: what is said of each, and what the message offers.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** An ELF header of a program for 64-bit ARM. */
const FOREIGN = Buffer.from('7f454c460201010000000000000000000200b70001000000', 'hex');

export async function troubles(window) {
  const { out } = window;
  const binaries = path.join(out, 'binaries');
  mkdirSync(binaries);
  const binary = (name, content) => {
    const file = path.join(binaries, name);
    writeFileSync(file, content);
    chmodSync(file, 0o755);
    return file;
  };
  const settings = path.join(out, 'user/Machine/settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  const use = (file) => writeFileSync(settings, JSON.stringify({ 'momentumLua.server.path': file }));
  const works = () => window.seen('the server that runs', window.status(/Momentum 5\.0 · \d+ scripts/));
  const offers = async (notice, action) => window.seen(`what it offers: ${action}`, notice.locator('a', { hasText: action }));

  use('/nowhere/momentum-lua');
  let notice = window.notice('names /nowhere/momentum-lua');
  await window.seen('the notice of a server that is not there', notice);
  await window.seen('the status item in trouble', window.status(/^\s*Momentum\s*$/));
  await (await offers(notice, 'Use the bundled server')).click();
  await works();

  use(binary('foreign', FOREIGN));
  notice = window.notice('it is a program for linux-arm64');
  await window.seen('the notice of a server for another platform', notice);
  await offers(notice, 'Open setting');
  await window.clear();

  use(binary('old', "#!/bin/sh\necho 'momentum-lua 0.0.9'\n"));
  notice = window.notice(/is momentum-lua 0\.0\.9; this extension needs \d/);
  await window.seen('the notice of an old server', notice);
  await offers(notice, 'Show log');
  await window.clear();

  use('');
  await works();
}
