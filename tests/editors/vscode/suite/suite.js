// What an extension host calls: runs the `*.test.js` of a folder here with mocha.
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

/** The entry point of a suite. `ready` runs before its tests. */
exports.suite = (name, ready) => async () => {
  const output = path.join(process.env.OUT, 'vscode-api', `${name}.json`);
  fs.rmSync(output, { force: true });
  const mocha = new Mocha({
    ui: 'bdd',
    // Each wait has an end of its own, and there are a few in a test.
    timeout: 5 * Number(process.env.PATIENCE) * 1000,
    slow: 5_000,
    bail: process.env.BAIL !== undefined,
    reporter: 'json',
    reporterOption: { output },
    rootHooks: { beforeAll: ready },
  });
  const folder = path.join(__dirname, name);
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.test.js') && name.includes(process.env.ONLY ?? '')).sort()) {
    mocha.addFile(path.join(folder, file));
  }
  const failures = await new Promise((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
};
