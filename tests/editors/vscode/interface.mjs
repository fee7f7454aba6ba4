// One look at the window itself, with the screenshots of the README.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openWorkbench } from './workbench.mjs';

const SCRIPT = 'stream_binding.lua';
const workbench = await openWorkbench({
  name: 'vscode-interface',
  file: 'mistakes/sender_check.lua',
  // The report is to stand beside the script, and both are to be read on a picture.
  settings: { 'workbench.editor.openSideBySideDirection': 'right', 'editor.fontSize': 13, 'explorer.autoReveal': false },
});
const { page, out } = workbench;
const shot = (name) => page.screenshot({ path: path.join(out, `${name}.png`) });
const seen = async (what, locator, timeout = 40_000) => {
  await locator.first().waitFor({ timeout });
  console.log(`ok ${what}`);
};
// The editor writes spaces as such that do not break.
const words = (text) => new RegExp(text.replaceAll(' ', '\\s'));

let status = 1;
try {
  await page.goto(workbench.url);
  await seen('squiggles', page.locator('.monaco-editor .squiggly-error'));
  await seen('a lens above the callout', page.locator('.codelens-decoration a', { hasText: '▶' }));
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Shift+M');
  await seen('a row of the Problems view', page.locator('.markers-panel .monaco-list-row', { hasText: 'msg:bindng' }));
  await seen('the status item', page.locator('.statusbar-item', { hasText: /Momentum 5\.0 · \d+ scripts/ }));
  await shot('findings');
  await page.keyboard.press('Control+j');

  await page.keyboard.press('Control+p');
  await page.keyboard.type(SCRIPT);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: SCRIPT }).first().click();
  const lens = page.locator('.codelens-decoration a', { hasText: words('▶ Run \\d+ sessions') });
  await seen('the lens that runs the sessions', lens);
  await lens.first().click();
  await seen('the result at the end of a line', page.locator('.monaco-editor .view-line', { hasText: '▸' }), 60_000);
  await seen('the report', page.locator('.tab', { hasText: `${SCRIPT}.report.txt` }), 60_000);
  await seen('what became of the message', page.locator('.monaco-editor .view-line', { hasText: 'newsletter' }));
  await shot('run');

  // A setting that leads nowhere is told, with a way out.
  const settings = path.join(out, 'user/Machine/settings.json');
  mkdirSync(path.dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify({ 'momentumLua.server.path': '/nowhere/momentum-lua' }));
  const notice = page.locator('.notification-list-item', { hasText: 'names /nowhere/momentum-lua' });
  await seen('the notice of a server that is not there', notice);
  await seen('the status item in trouble', page.locator('.statusbar-item.error-kind, .statusbar-item', { hasText: /^\s*Momentum\s*$/ }));
  await notice.locator('a', { hasText: 'Use the bundled server' }).click();
  await seen('the server that runs again', page.locator('.statusbar-item', { hasText: /Momentum 5\.0 · \d+ scripts/ }));
  status = 0;
} catch (error) {
  console.log(`FAILED ${error.message}`);
  await shot('failed').catch(() => undefined);
} finally {
  await workbench.close();
}
process.exit(status);
