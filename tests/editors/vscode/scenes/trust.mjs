// A folder that is not trusted: findings are there, and nothing of it is run until the user trusts it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SCRIPT = 'stream_binding.lua';
const TRUST = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

export async function trust(window) {
  const { page, out } = window;
  const settings = path.join(out, 'user/User/settings.json');
  const before = readFileSync(settings, 'utf8');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(before), ...TRUST }));
  await page.reload({ waitUntil: 'commit' });
  try {
    await window.seen('a window that is restricted', window.status('Restricted Mode'));
    await window.open('sender_check.lua');
    await window.seen('squiggles', page.locator('.monaco-editor .squiggly-error'));
    await window.open(SCRIPT);
    await (await window.seen('the lens that runs', window.lens(/▶\sRun\s\d+\ssessions/))).click();
    const notice = window.notice('Scripts are not run in a workspace that you have not trusted');
    await window.seen('the notice that nothing is run', notice);
    await (await window.seen('what it offers', notice.locator('a', { hasText: 'Manage workspace trust' }))).click();
    await page.locator('.workspace-trust-editor a.monaco-button', { hasText: /^\s*Trust\s*$/ }).first().click();
    await window.until('the window is restricted no longer', async () => (await window.status('Restricted Mode').count()) === 0);
    if ((await window.tab(`${SCRIPT}.report.txt`).count()) > 0) {
      throw new Error('it ran before the folder was trusted');
    }
    await window.open(SCRIPT);
    await (await window.seen('the lens that runs', window.lens(/▶\sRun\s\d+\ssessions/))).click();
    await window.seen('the report', window.tab(`${SCRIPT}.report.txt`));
  } finally {
    writeFileSync(settings, before);
  }
  await window.command('View: Close All Editors');
}
