// Decides whether a server that ended is started again.
import { CloseAction, ErrorAction, type CloseHandlerResult, type ErrorHandler, type ErrorHandlerResult } from 'vscode-languageclient/node';

const LIMIT = 4;
const WITHIN = 3 * 60 * 1000;

/** Starts a server again until it ended too often in a short time; then says so once. */
export class Restarts implements ErrorHandler {
  private readonly ends: number[] = [];

  constructor(
    private readonly giveUp: (times: number) => void,
    private readonly now: () => number = Date.now,
  ) {}

  error(_error: Error, _message: unknown, count: number | undefined): ErrorHandlerResult {
    return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown };
  }

  closed(): CloseHandlerResult {
    const now = this.now();
    this.ends.push(now);
    while (this.ends[0] !== undefined && this.ends[0] < now - WITHIN) {
      this.ends.shift();
    }
    if (this.ends.length < LIMIT) {
      return { action: CloseAction.Restart };
    }
    this.giveUp(this.ends.length);
    return { action: CloseAction.DoNotRestart, handled: true };
  }
}
