// A script with mistakes: what the window shows of them.
export async function findings(window) {
  const { page } = window;
  await window.seen('squiggles', page.locator('.monaco-editor .squiggly-error'));
  await window.seen('a lens above the callout', window.lens('▶ Run'));
  await window.seen('the status item', window.status(/Momentum 5\.0 · \d+ scripts/));
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Shift+M');
  await window.seen('a row of the Problems view', page.locator('.markers-panel .monaco-list-row', { hasText: 'msg:bindng' }));
  // The file at hand comes first.
  await window.filter('sender_check.lua');
  await window.seen('a row of this script', page.locator('.markers-panel .monaco-list-row', { hasText: 'set_code' }));
  await window.shot('findings');
  await window.filter('');
  await window.command('View: Hide Panel');
}
