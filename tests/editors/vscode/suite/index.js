// The entry point that the extension host calls: runs every `*.test.js` here with mocha.
const fs = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');
const vscode = require('vscode');

exports.run = async () => {
  const output = vscode.workspace.getConfiguration('momentumLuaTest').get('report');
  fs.rmSync(output, { force: true });
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, slow: 5_000, reporter: 'json', reporterOption: { output } });
  for (const file of fs.readdirSync(__dirname).filter((name) => name.endsWith('.test.js') && name.includes(process.env.ONLY ?? '')).sort()) {
    mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} tests failed`);
  }
};
