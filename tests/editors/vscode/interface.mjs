// What only the window itself shows, one scene after the other, with the screenshots of the README.
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { creating } from './scenes/creating.mjs';
import { findings } from './scenes/findings.mjs';
import { looking } from './scenes/looking.mjs';
import { running } from './scenes/running.mjs';
import { covering, expectWrongly, testing } from './scenes/testing.mjs';
import { troubles } from './scenes/troubles.mjs';
import { trust } from './scenes/trust.mjs';
import { Window } from './window.mjs';
import { policyTree, startWorkbench } from './workbench.mjs';

// The last one leaves the server in trouble, so nothing comes after it.
const scenes = [findings, running, testing, covering, creating, looking, trust, troubles].filter((scene) => scene.name.includes(process.env.ONLY ?? ''));
const WITHIN = 900_000;

const out = path.join(process.env.OUT, 'vscode-interface');
const workbench = await startWorkbench({
  out,
  settings: { 'workbench.editor.openSideBySideDirection': 'right', 'editor.fontSize': 13, 'explorer.autoReveal': false },
});
const folder = policyTree(out);
expectWrongly(folder);
const { page, url } = await workbench.page(folder, { file: `${folder}/mistakes/sender_check.lua` });
const window = new Window(page, folder, out);
const failed = [];
const all = async () => {
  await page.goto(url, { waitUntil: 'commit', timeout: 60_000 });
  for (const scene of scenes) {
    console.log(`-- ${scene.name}`);
    try {
      await scene(window);
    } catch (error) {
      // The next scene begins with an empty window, so that one failure does not hide another.
      failed.push(scene.name);
      const picture = await window.shot(`${scene.name}-failed`).catch(() => 'no picture');
      console.log(`FAILED ${scene.name}: ${window.expected}, in ${picture}\n${error.message}\n${await window.notices()}`);
      await window.empty();
    }
  }
};
try {
  const ended = await Promise.race([all(), sleep(WITHIN, 'late', { ref: false })]);
  if (ended === 'late') {
    failed.push(`no end within ${WITHIN / 1000} s: ${window.expected}`);
  }
} catch (error) {
  failed.push(error.message);
}
if (failed.length > 0) {
  console.log(`FAILED ${failed.join(', ')}\n${workbench.evidence()}`);
}
await workbench.close();
process.exit(failed.length === 0 ? 0 : 1);
