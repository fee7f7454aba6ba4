// Tests: the lens of a session, the Testing view, coverage in the gutter.
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
  await window.clear();

  await window.command('Test: Run All Tests with Coverage');
  const row = (name) => page.locator('.test-explorer .monaco-list-row', { hasText: name });
  await window.command('Testing: Focus on Test Explorer View');
  await window.seen('the session that passed', row('newsletter').locator('.codicon-testing-passed-icon'));
  await window.seen('the session that failed', row('wrong').locator('.codicon-testing-failed-icon'));
  await window.seen('the shares of scripts', page.locator('.test-coverage-list-item'));
  await window.command('View: Hide Panel');
  await window.open('stream_binding.lua');
  await window.seen('covered lines in the gutter', page.locator('.coverage-deco-gutter.coverage-deco-hit'));
  await window.shot('testing');
  await window.command('View: Show Explorer');
  await window.command('View: Close All Editors');
}
