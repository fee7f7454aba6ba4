// Commands of the server and their results, as docs/lsp-extensions.md describes them.

export const RUN = 'momentum-lua.run';
export const RUN_WITH = 'momentum-lua.runWith';
export const TEST = 'momentum-lua.test';
export const SESSIONS = 'momentum-lua.sessions';
export const SHOW_REPORT = 'momentum-lua.showReport';
/** A command of ours that the server names in lenses when it is told that we have it. */
export const SHOW_REFERENCES = 'momentum-lua.showReferences';

export interface RunArguments {
  readonly uri: string;
  readonly callout?: string;
  readonly sessions?: readonly string[];
}

export interface RunResult {
  readonly version: 1;
  readonly uri: string;
  readonly runs: readonly Run[];
  readonly reportUri: string | null;
}

export interface Run {
  readonly name: string;
  readonly session: string | null;
  readonly report: Report | null;
  readonly problem: string | null;
}

/** The part of a report that is used here. */
export interface Report {
  readonly paniclog: readonly string[];
}

/** What `momentum-lua.sessions` gives. */
export interface SessionList {
  readonly sessions: readonly { readonly uri: string; readonly name: string }[];
}
