// Runs the suites inside the extension host of a real workbench, each in a window of its own, and prints what came out.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { policyTree, startWorkbench } from './workbench.mjs';

const suites = path.join(import.meta.dirname, 'suite');
const out = path.join(process.env.OUT, 'vscode-api');
const WITHIN = 900_000;

/** A project in Lua that has nothing to do with mail. */
function plainTree() {
  const folder = path.join(out, 'plain');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'main.lua'), 'local count = 0689\nvctx.set_code(550, "\\u{48}")\nreturn count != nil\n');
  writeFileSync(path.join(folder, 'settings.toml'), '[connection]\nclient = 1\n[expect]\ndisposition = "accepted"\n');
  return folder;
}

/** Runs a suite in a window that shows a folder; gives how many of its tests failed. */
async function run(workbench, suite, folder) {
  const report = path.join(out, `${suite}.json`);
  const { page, url } = await workbench.page(folder, { development: { extension: suites, tests: path.join(suites, `${suite}.js`) } });
  const lines = [];
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (type, words) => lines.push(`${type}: ${words.join(' ')}`));
  await page.goto(url, { waitUntil: 'commit', timeout: 60_000 });
  const code = await Promise.race([ended, sleep(WITHIN, `no end within ${WITHIN / 1000} s`, { ref: false })]);
  if (!existsSync(report)) {
    await page.screenshot({ path: path.join(out, `${suite}-failed.png`) });
    throw new Error(`the suite ${suite} wrote no report (${code}):\n${lines.slice(-20).join('\n')}`);
  }
  const { stats, passes, failures } = JSON.parse(readFileSync(report, 'utf8'));
  for (const test of passes) {
    console.log(`ok ${test.fullTitle} (${test.duration} ms)`);
  }
  for (const test of failures) {
    console.log(`FAILED ${test.fullTitle}\n${test.err.stack ?? test.err.message}`);
  }
  console.log(`${suite}: ${stats.passes} passed, ${stats.failures} failed`);
  if (failures.length > 0) {
    await page.screenshot({ path: path.join(out, `${suite}-failed.png`) });
  }
  await page.close();
  return stats.passes === 0 || code !== 0 ? Math.max(stats.failures, 1) : stats.failures;
}

const workbench = await startWorkbench({ out });
let failed = 1;
try {
  failed = (await run(workbench, 'policy', policyTree(out, 'mail [mx] {1} *'))) + (await run(workbench, 'plain', plainTree()));
} catch (error) {
  console.log(`FAILED ${error.message}`);
} finally {
  if (failed > 0) {
    console.log(workbench.evidence());
  }
  await workbench.close();
}
process.exit(failed === 0 ? 0 : 1);
