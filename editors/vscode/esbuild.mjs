// Bundles the extension into one file, or with `tests` its tests, which need no editor.
import { globSync } from 'node:fs';
import { build } from 'esbuild';

const tests = process.argv[2] === 'tests';
await build({
  entryPoints: tests ? globSync('test/*.test.ts') : ['src/extension.ts'],
  ...(tests ? { outdir: 'dist/test' } : { outfile: 'dist/extension.js' }),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  minify: !tests,
  logLevel: 'warning',
});
