// Finds the `momentum-lua` binary: setting, then PATH, then the one in this package.
import { execFile, type ExecFileException } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isOurs, platformOf } from './platform';

/** The oldest server that this extension can talk to. */
export const OLDEST: Version = [0, 1, 0];

export type Version = readonly [number, number, number];
export type Origin = 'setting' | 'PATH' | 'package';

/** A binary that said who it is. */
export interface Binary {
  readonly path: string;
  readonly origin: Origin;
  readonly version: Version;
}

/** Why there is no server: what is said to the user follows from it. */
export type Trouble =
  | { readonly kind: 'missing' }
  | { readonly kind: 'setting'; readonly path: string }
  | { readonly kind: 'unusable'; readonly path: string; readonly origin: Origin; readonly reason: string }
  | { readonly kind: 'old'; readonly path: string; readonly origin: Origin; readonly version: Version };

/** How long a binary may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

const NAME = process.platform === 'win32' ? 'momentum-lua.exe' : 'momentum-lua';

/** Where to look: `setting` is the user's path or empty, `folder` what a relative path starts at. */
export interface Places {
  readonly setting: string;
  /** Pass over PATH. */
  readonly bundledOnly: boolean;
  readonly folder: string | undefined;
  readonly extension: string;
  readonly searchPath: string;
}

/** The first binary that is there, if it can be used; otherwise what is wrong with it. */
export async function find(places: Places): Promise<Binary | Trouble> {
  const candidate = await locate(places);
  return 'kind' in candidate ? candidate : examine(candidate);
}

export function isTrouble(found: Binary | Trouble): found is Trouble {
  return 'kind' in found;
}

export function written(version: Version): string {
  return version.join('.');
}

interface Candidate {
  readonly path: string;
  readonly origin: Origin;
}

async function locate({ setting, bundledOnly, folder, extension, searchPath }: Places): Promise<Candidate | Trouble> {
  if (setting !== '') {
    const file = absolute(setting, folder);
    return (await isExecutable(file)) ? { path: file, origin: 'setting' } : { kind: 'setting', path: file };
  }
  const entries = bundledOnly ? [] : searchPath.split(path.delimiter).filter((entry) => entry !== '');
  for (const entry of entries) {
    const file = path.join(entry, NAME);
    if (await isExecutable(file)) {
      return { path: file, origin: 'PATH' };
    }
  }
  const bundled = path.join(extension, 'server', NAME);
  return (await isExecutable(bundled)) ? { path: bundled, origin: 'package' } : { kind: 'missing' };
}

function absolute(file: string, folder: string | undefined): string {
  const expanded = file.startsWith('~/') ? path.join(homedir(), file.slice(2)) : file;
  const inFolder = folder === undefined ? expanded : expanded.replaceAll('${workspaceFolder}', folder);
  return path.resolve(folder ?? homedir(), inFolder);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Asks the binary for its version, which tells whether it runs here at all. */
async function examine({ path: file, origin }: Candidate): Promise<Binary | Trouble> {
  const answer = await new Promise<{ output: string } | { error: ExecFileException }>((resolve) => {
    execFile(file, ['--version'], { timeout: PATIENCE, windowsHide: true }, (error, output) => {
      resolve(error ? { error } : { output });
    });
  });
  if ('error' in answer) {
    return { kind: 'unusable', path: file, origin, reason: await reasonOf(file, answer.error) };
  }
  const match = /^momentum-lua (\d+)\.(\d+)\.(\d+)/.exec(answer.output);
  if (match === null) {
    return { kind: 'unusable', path: file, origin, reason: `it says "${answer.output.trim().slice(0, 80)}"` };
  }
  const version: Version = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isOlder(version, OLDEST) ? { kind: 'old', path: file, origin, version } : { path: file, origin, version };
}

/** Why a file that may be executed was not. */
async function reasonOf(file: string, error: ExecFileException): Promise<string> {
  const platform = await platformOf(file).catch(() => undefined);
  if (platform !== undefined && !isOurs(platform)) {
    return `it is a program for ${platform}`;
  }
  if (error.killed === true) {
    return `it did not say its version within ${PATIENCE / 1000} s`;
  }
  return error.code === 'ENOENT' ? 'the loader or interpreter that it asks for is missing here' : error.message.trim();
}

function isOlder(version: Version, than: Version): boolean {
  const [major, minor, patch] = version;
  const [majorThan, minorThan, patchThan] = than;
  if (major !== majorThan) {
    return major < majorThan;
  }
  return minor !== minorThan ? minor < minorThan : patch < patchThan;
}
