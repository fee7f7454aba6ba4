// Runs the suite inside the extension host of a real workbench, and prints what came out.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkbench } from './workbench.mjs';

const here = import.meta.dirname;
const report = path.join(process.env.OUT, 'vscode-api.json');
const remote = (authority, file) => ({ $mid: 1, scheme: 'vscode-remote', authority, path: file });
const workbench = await openWorkbench({
  name: 'vscode-api',
  settings: { 'momentumLuaTest.report': report },
  development: (authority) => ({
    extensions: [remote(authority, path.join(here, 'suite'))],
    extensionTestsPath: remote(authority, path.join(here, 'suite/index.js')),
  }),
});
let status = 1;
try {
  const { page } = workbench;
  const lines = [];
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (type, words) => lines.push(`${type}: ${words.join(' ')}`));
  await page.goto(workbench.url);
  const code = await Promise.race([ended, sleep(240_000, 'no end within 240 s', { ref: false })]);
  if (!existsSync(report)) {
    throw new Error(`the suite wrote no report (${code}):\n${lines.slice(-20).join('\n')}`);
  }
  const { stats, passes, failures } = JSON.parse(readFileSync(report, 'utf8'));
  for (const test of passes) {
    console.log(`ok ${test.fullTitle} (${test.duration} ms)`);
  }
  for (const test of failures) {
    console.log(`FAILED ${test.fullTitle}\n${test.err.stack ?? test.err.message}`);
  }
  console.log(`${stats.passes} passed, ${stats.failures} failed`);
  status = stats.failures === 0 && stats.passes > 0 && code === 0 ? 0 : 1;
} catch (error) {
  console.log(`FAILED ${error.message}`);
  await workbench.page.screenshot({ path: path.join(workbench.out, 'failed.png') });
} finally {
  await workbench.close();
}
process.exit(status);
