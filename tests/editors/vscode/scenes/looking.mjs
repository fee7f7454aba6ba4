// Things looked up: the page of an entry of the API, the walkthrough, the server's log.
export async function looking(window) {
  const { page } = window;
  await window.open('sender_check.lua');
  await window.line('fetch_row').locator('span', { hasText: 'fetch_row' }).last().click();
  await window.command('Momentum Lua: Open API Page');
  const question = page.locator('.monaco-dialog-box', { hasText: 'momentum' });
  await window.seen('the address of the page, and the question whether to open it', question);
  await window.shot('page');
  await page.keyboard.press('Escape');

  await window.command('Welcome: Open Walkthrough...');
  await (await window.seen('the walkthrough in the list', window.row('Momentum policy'))).click();
  for (const step of ['Open your policy', 'Look through the findings', 'Run a callout', 'Say who sends what', 'Test before you deploy']) {
    await window.seen(`its step: ${step}`, page.locator('.getting-started-step', { hasText: step }));
  }
  await window.shot('walkthrough');
  await window.command('View: Close All Editors');

  await window.command('Momentum Lua: Show Server Log');
  await window.seen('the log', window.line(/version\s\d+\.\d+\.\d+/));
  await window.command('View: Hide Panel');
  await window.status(/Momentum 5\.0/).first().click();
  await window.seen('the menu of the status item', window.row('Restart server'));
  await page.keyboard.press('Escape');
}
