// The lens of a session that tests it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const WRONG = 'wrong.toml';

/** Puts a session into the tree that expects something else than what comes. */
export function expectWrongly(folder) {
  const sessions = path.join(folder, 'sessions');
  const text = readFileSync(path.join(sessions, 'newsletter.toml'), 'utf8');
  writeFileSync(path.join(sessions, WRONG), text.replace('binding_group = "newsletter"', 'binding_group = "transactional"'));
}

export async function testing(window) {
  const { page } = window;
  await window.open(WRONG);
  await (await window.seen('the lens that tests a session', window.lens('▶ Test'))).click();
  await window.seen('the expectation that does not hold, underlined', page.locator('.monaco-editor .squiggly-error'));
  await window.command('View: Close All Editors');
}

/** The Testing view, and what tests executed: in its own view, and in the gutter of the scripts. */
export async function covering(window) {
  const { page } = window;
  await page.locator('.activitybar a[aria-label^="Testing"]').click();
  await window.seen('a session in the Testing view', page.locator('.test-explorer .monaco-list-row', { hasText: 'newsletter' }));
  await window.command('Test: Run All Tests with Coverage');
  await window.seen('the view of the coverage', page.locator('.pane-header', { hasText: 'Test Coverage' }));
  await window.open('stream_binding.lua');
  // What was not executed stands further down.
  await window.command('View: Hide Panel');
  await window.seen('a line that was executed, in the gutter', page.locator('.coverage-deco-gutter.coverage-deco-hit'));
  await window.seen('a line that was not, in the gutter', page.locator('.coverage-deco-gutter.coverage-deco-miss'));
  await window.clear();
  await window.shot('coverage');
  await window.command('View: Show Explorer');
  await window.command('View: Close All Editors');
}
