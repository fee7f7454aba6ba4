// Servers that cannot be used or do not stay: what is said of each, and what the message offers.
import { chmodSync, copyFileSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** An ELF header of a program for 64-bit ARM. */
const FOREIGN = Buffer.from('7f454c460201010000000000000000000200b70001000000', 'hex');

/** A server in words of the shell, which says that it is new enough. */
const server = (lsp) => `#!/bin/sh\nif [ "$1" = --version ]; then echo 'momentum-lua 99.0.0'; else ${lsp}; fi\n`;

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
  const failed = () => window.seen('the status item in trouble', window.status(/^\s*Momentum\s*$/));
  const offers = async (notice, action) => window.seen(`what it offers: ${action}`, notice.locator('a', { hasText: action }));
  /** The only notice: one trouble is told once. */
  const alone = async () => window.until('nothing else is said', async () => (await window.notice('').count()) === 1);

  use('/nowhere/momentum-lua');
  let notice = window.notice('names /nowhere/momentum-lua');
  await window.seen('the notice of a server that is not there', notice);
  await failed();
  await alone();
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

  const crashing = binary('crashing', server('exit 3'));
  use(crashing);
  notice = window.notice('ended 4 times within three minutes');
  await window.seen('the notice of a server that never starts', notice);
  await failed();
  await alone();
  await offers(notice, 'Show log');
  await window.clear();

  const answer = '{"jsonrpc":"2.0","id":0,"error":{"code":-32603,"message":"not today"}}';
  use(binary('refusing', server(`printf 'Content-Length: ${answer.length}\\r\\n\\r\\n${answer}'; exec sleep 601`)));
  notice = window.notice('The momentum-lua server does not start: not today');
  await window.seen('the notice of a server that refuses', notice);
  await failed();
  await window.until('it is ended', () => processes('sleep\x00601').length === 0);
  await alone();
  await offers(notice, 'Start again');
  await window.clear();

  const silent = binary('silent', server('exec sleep 600'));
  use(silent);
  notice = window.notice('has not answered within 20 s');
  await window.seen('the notice of a server that says nothing', notice);
  await failed();
  await alone();
  writeFileSync(silent, server('exit 3'));
  await (await offers(notice, 'Start again')).click();
  await window.seen('the notice of the one that took its place', window.notice('ended 4 times within three minutes'));
  await window.clear();

  use('');
  await works();
  await window.until('the silent one is gone', () => processes('sleep\x00600').length === 0);

  // A crash is no end; one crash after the other is.
  const bundled = globSync('extensions/momentum-lua.*/server/momentum-lua', { cwd: out })[0];
  const program = path.join(out, bundled);
  let before;
  for (const times of [1, 2, 3]) {
    const pid = await window.until('a server', () => processes(`${program}\x00lsp`).find((pid) => pid !== before));
    await works();
    process.kill(pid, 'SIGKILL');
    before = pid;
    console.log(`killed it: ${times}`);
  }
  const last = await window.until('a server', () => processes(`${program}\x00lsp`).find((pid) => pid !== before));
  await works();
  process.kill(last, 'SIGKILL');
  notice = window.notice('ended 4 times within three minutes');
  await window.seen('the notice of a server that does not stay', notice);
  await failed();
  await (await offers(notice, 'Start again')).click();
  await works();

  // A package without a program for this machine, and one for another.
  const kept = `${program}.kept`;
  copyFileSync(program, kept);
  rmSync(program);
  await window.command('Momentum Lua: Restart Server');
  notice = window.notice(/momentum-lua was not found: .* brings none for linux-x64/);
  await window.seen('the notice that there is no server', notice);
  await failed();
  await offers(notice, 'Choose executable…');
  await offers(notice, 'Installation');
  await window.clear();

  writeFileSync(program, FOREIGN);
  chmodSync(program, 0o755);
  await window.command('Momentum Lua: Restart Server');
  notice = window.notice('The momentum-lua of this package does not run on linux-x64: it is a program for linux-arm64');
  await window.seen('the notice of a package for another platform', notice);
  await offers(notice, 'Choose executable…');
  await window.clear();

  rmSync(program);
  copyFileSync(kept, program);
  chmodSync(program, 0o755);
  await window.command('Momentum Lua: Restart Server');
  await works();
}

/** The processes of this machine whose command line begins so; its words are divided by zero bytes. */
function processes(command) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(command);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    })
    .map(Number);
}
