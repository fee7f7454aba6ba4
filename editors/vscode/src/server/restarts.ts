// Counts how often a server ended by itself, so that one that cannot stay is left alone.

const WITHIN = 3 * 60 * 1000;

export class Restarts {
  /** How many ends within three minutes are too many. */
  static readonly LIMIT = 4;

  private ends: number[] = [];

  /** `now` gives the time in milliseconds. */
  constructor(private readonly now: () => number = Date.now) {}

  /** Takes in that the server ended; gives how often it did within three minutes, this time included. */
  ended(): number {
    const now = this.now();
    this.ends = [...this.ends.filter((end) => end >= now - WITHIN), now];
    return this.ends.length;
  }

  /** Begins anew: somebody asked for the server. */
  forget(): void {
    this.ends = [];
  }
}
