// Finds tests before they run: session files with their expectations, and tests in Lua.

/** Files that may be tests. Which TOML files are, their content tells. */
export const TESTS = '**/{*.toml,*_test.lua,*_spec.lua}';

/** An expectation in a session file. */
export interface Expectation {
  /** As in the report: `message[1].expect.headers.Subject`, or the part of it that a table's head tells. */
  readonly key: string;
  /** From 0. */
  readonly line: number;
}

/** What a session file says without being run. */
export interface SessionOutline {
  readonly description: string | undefined;
  readonly expectations: readonly Expectation[];
}

const HEADER = /^\s*\[+\s*([\w.\s"-]+?)\s*\]+/;
const INLINE = /^\s*(?:([\w.]+)\.)?expect(?:\.[\w.-]+)?\s*=/;

/** The outline of a session; nothing for a TOML file without expectations, which is no test. */
export function outline(text: string): SessionOutline | undefined {
  const expectations: Expectation[] = [];
  let description: string | undefined;
  let table = '';
  let quoted = false;
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const fences = line.split('"""').length - 1;
    const inside = quoted;
    quoted = fences % 2 === 1 ? !quoted : quoted;
    if (inside) {
      continue;
    }
    const header = HEADER.exec(line)?.[1];
    if (header !== undefined) {
      table = header;
      if (/(^|\.)expect$/.test(table)) {
        continue;
      }
    }
    const key = /^\s*([\w-]+)\s*=/.exec(line)?.[1];
    if (table === '' && key === 'description') {
      description = /=\s*"(.*)"\s*(#.*)?$/.exec(line)?.[1];
    }
    const expects = /(^|\.)expect(\.|$)/.test(table) && (key !== undefined || header !== undefined);
    if (expects || INLINE.test(line)) {
      expectations.push({ key: [table, header === undefined ? key : undefined].filter(Boolean).join('.'), line: number });
    }
  }
  return expectations.length === 0 ? undefined : { description, expectations };
}
