// The report of `momentum-lua test --format json`, as far as it is used here.

export interface TestReport {
  readonly version: 1;
  readonly tests: readonly TestResult[];
  readonly coverage?: Coverage;
}

export interface TestResult {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly name: string;
  readonly kind: 'session' | 'lua';
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly checks?: readonly Check[];
  readonly message?: string;
  readonly message_line?: number;
  readonly notes?: readonly string[];
  readonly verdict?: readonly string[];
  readonly elapsed_us: number;
}

/** An expectation, compared. */
export interface Check {
  readonly key: string;
  readonly line?: number;
  readonly expected: string;
  readonly misses: readonly Miss[];
}

export interface Miss {
  readonly of?: string;
  readonly actual: string;
}

export interface Coverage {
  readonly scripts: Readonly<Record<string, ScriptCoverage>>;
}

export interface ScriptCoverage {
  readonly lines: readonly { readonly line: number; readonly count: number }[];
  readonly branches: readonly { readonly line: number; readonly kind: string; readonly yes: number; readonly no: number }[];
  readonly callouts: readonly { readonly name: string; readonly module: string; readonly count: number }[];
}

/** Reads a report; what a failing command prints instead is its error. */
export function read(stdout: string, stderr: string): TestReport {
  let report: unknown;
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(stderr.trim() || `momentum-lua test wrote no report: ${stdout.slice(0, 200)}`);
  }
  if (typeof report !== 'object' || report === null || !('version' in report) || report.version !== 1) {
    throw new Error('This extension does not know the form of the report: is momentum-lua newer?');
  }
  return report as TestReport;
}
