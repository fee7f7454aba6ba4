// Tells what platform a program was built for, by the first bytes of its file. A shell may be tried with a program that the
// system cannot run, so what comes of running it says little.
import { open } from 'node:fs/promises';

/** Machines of ELF headers, in the words of `process.arch`. */
const MACHINES = new Map([
  [0x03, 'ia32'],
  [0x28, 'arm'],
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);

/** Magic numbers of Mach-O files: both word sizes, and those for several machines. */
const MACH_O = [0xcffaedfe, 0xcefaedfe, 0xcafebabe];

/** `linux-x64`, `darwin`, …, as far as the file tells; nothing for one that is no program, such as a script. */
export async function platformOf(file: string): Promise<string | undefined> {
  const header = await start(file, 20);
  if (header.length < 20) {
    return undefined;
  }
  if (header.readUInt32BE(0) === 0x7f454c46) {
    const machine = header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
    return `linux-${MACHINES.get(machine) ?? `machine-${machine}`}`;
  }
  if (MACH_O.includes(header.readUInt32BE(0))) {
    return 'darwin';
  }
  return header.toString('latin1', 0, 2) === 'MZ' ? 'win32' : undefined;
}

/** Whether a program for that platform may run here. */
export function isOurs(platform: string): boolean {
  return `${process.platform}-${process.arch}`.startsWith(platform);
}

async function start(file: string, length: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
