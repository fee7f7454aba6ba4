// A new script from the template, with the callout chosen from the list.
export async function creating(window) {
  const { page } = window;
  await window.command('Momentum Lua: New Script…');
  await window.seen('the question for its name', page.locator('.quick-input-widget', { hasText: 'The name that it registers under' }));
  await page.keyboard.type('greylist');
  await page.keyboard.press('Enter');
  await window.seen('the template', window.line('msys.registerModule("greylist", mod)'));
  await window.seen('the callouts to choose from', page.locator('.suggest-widget .monaco-list-row', { hasText: 'validate_' }));
  await page.keyboard.type('validate_rcptto');
  await window.seen('the one that is meant', page.locator('.suggest-widget .monaco-list-row.focused', { hasText: 'validate_rcptto' }));
  await page.keyboard.press('Enter');
  await window.seen('its skeleton', window.line('function mod:validate_rcptto(msg, str, accept, vctx)'));
  await window.command('View: Revert and Close Editor');
}
