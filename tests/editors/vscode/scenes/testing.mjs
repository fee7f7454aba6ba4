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
