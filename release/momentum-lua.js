#!/usr/bin/env node
// Starts the program of the package for this platform.
'use strict';
const { spawnSync } = require('node:child_process');

const platform = `${process.platform}-${process.arch}`;
let program;
try {
  program = require.resolve(`@momentum-lua/${platform}/bin/momentum-lua`);
} catch {
  console.error(`momentum-lua: there is no package for ${platform}, or it was left out (--omit=optional)`);
  process.exit(2);
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`momentum-lua: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
