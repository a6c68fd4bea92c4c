/** What reading a log came to: the counts of each stream of lines, and what could not be read. */
import type { LineCounter, LineCounts } from './count-lines.ts';

export interface LogStream {
  /** A file, a command, a query: for the person who wonders where a count comes from. */
  readonly name: string;
  readonly counts: LineCounts;
}

export interface LogReading {
  readonly streams: readonly LogStream[];
  /** Sentences: what is missing from the streams, or why there are none. */
  readonly problems: readonly string[];
}

export interface ReadOptions {
  readonly counter: () => LineCounter;
  readonly signal: AbortSignal;
}

/** An error in words, for a problem. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
