// Runs `momentum-lua` for what is no business of the language server.
import { spawn } from 'node:child_process';
import type * as vscode from 'vscode';

/** What came of a call. `code` is `null` when it was killed. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the binary to its end; a cancelled call is killed. */
export function invoke(
  binary: string,
  args: readonly string[],
  folder: string,
  cancellation?: vscode.CancellationToken,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' }, windowsHide: true });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const cancelled = cancellation?.onCancellationRequested(() => child.kill());
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      cancelled?.dispose();
      reject(error);
    });
    child.on('close', (code) => {
      cancelled?.dispose();
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
