/** Counts the lines of a log within a window of time, and those that match patterns, in bounded memory. */
import type { LinePattern } from './line-pattern.ts';
import { timeReader } from './time-reader.ts';

export interface LogWindow {
  readonly fromMs: number;
  /** The moment when reading began. */
  readonly untilMs: number;
}

export interface CountSettings {
  readonly window: LogWindow;
  readonly patterns: readonly LinePattern[];
  readonly zoneMinutes: number | null;
}

export interface LineCounts {
  readonly lines: number;
  /** Lines within the window; those without a time of their own belong to the line before them. */
  readonly inWindow: number;
  readonly inWindowWithoutTime: number;
  readonly withoutTime: number;
  /** Before the first line with a time: nobody knows when. */
  readonly beforeFirstTime: number;
  /** Lines of the window that were longer than is read of one. */
  readonly cut: number;
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  readonly matches: { readonly [pattern: string]: { readonly count: number; readonly lines: readonly string[] } };
  /** Lines and matches of each minute of the window that has any, by its start. */
  readonly perMinute: ReadonlyMap<number, { readonly [name: string]: number }>;
}

/** One stream of lines: a file, what a command printed. */
export interface LineCounter {
  /** Takes the next bytes, wherever lines begin and end in them. */
  readonly feed: (chunk: Buffer) => void;
  /** Takes one line whose time is known. */
  readonly take: (line: string, timeMs: number) => void;
  /** The last line may lack its line feed. */
  readonly end: () => LineCounts;
}

/**
 * Of a longer line this much is looked at.
 * @internal Exported for its tests.
 */
export const LONGEST_LINE = 64 * 1024;
/** Clocks differ: what is dated a little after now is from now. */
const CLOCK_SKEW_MS = 60_000;
/** Of each pattern, for people to read. */
const MOST_KEPT = 100;
const lineFeed = 0x0a;

/** Counts lines and matches of a window of time. */
export function lineCounter({ window, patterns, zoneMinutes }: CountSettings): LineCounter {
  const timeOf = timeReader({ zoneMinutes, nearMs: window.untilMs });
  const placing = openPlacing(window);
  const matches = openMatches(patterns, placing.countInMinute);

  /** Whole lines only, the last one's line feed included or not. */
  const takeBlock = (block: Buffer): void => {
    const kept: InWindow = { starts: [], ends: [], times: [] };
    for (let start = 0; start < block.length; ) {
      const feedAt = block.indexOf(lineFeed, start);
      const end = feedAt === -1 ? block.length : feedAt;
      const readTo = Math.min(end, start + LONGEST_LINE);
      const timeMs = end > start ? placing.place(timeOf(block, start, readTo), end - start) : null;
      if (timeMs !== null) {
        kept.starts.push(start);
        kept.ends.push(readTo);
        kept.times.push(timeMs);
      }
      start = end + 1;
    }
    search(block, kept, { patterns, note: matches.note });
  };

  const blocks = openBlocks(takeBlock);
  return {
    feed: blocks.feed,
    take: (line, timeMs) => {
      if (placing.place(timeMs, line.length) === null) return;
      const readable = line.slice(0, LONGEST_LINE);
      for (const pattern of patterns) if (pattern.matches(readable)) matches.note(pattern.name, readable, timeMs);
    },
    end: () => {
      blocks.end();
      return { ...placing.counts(), matches: matches.found() };
    },
  };
}

/** Says of each line whether it belongs to the window, and counts lines by what is known of their time. */
function openPlacing({ fromMs, untilMs }: CountSettings['window']) {
  const sum = { lines: 0, inWindow: 0, inWindowWithoutTime: 0, withoutTime: 0, beforeFirstTime: 0, cut: 0 };
  let earliestMs = Number.POSITIVE_INFINITY;
  let latestMs = Number.NEGATIVE_INFINITY;
  /** Of the last line that had one: lines without a time belong to it. */
  let current: number | null = null;
  const perMinute = new Map<number, { [name: string]: number }>();

  const countInMinute = (name: string, timeMs: number): void => {
    const minute = Math.floor(timeMs / 60_000) * 60_000;
    const counts = perMinute.get(minute) ?? {};
    counts[name] = (counts[name] ?? 0) + 1;
    perMinute.set(minute, counts);
  };

  return {
    countInMinute,
    /** The time that the line belongs to, where that is in the window; null elsewhere. */
    place: (timeMs: number | null, length: number): number | null => {
      sum.lines += 1;
      if (timeMs === null) {
        sum.withoutTime += 1;
        if (current === null) sum.beforeFirstTime += 1;
      } else {
        current = timeMs;
        if (timeMs < earliestMs) earliestMs = timeMs;
        if (timeMs > latestMs) latestMs = timeMs;
      }
      if (current === null || current < fromMs || current > untilMs + CLOCK_SKEW_MS) return null;
      sum.inWindow += 1;
      if (timeMs === null) sum.inWindowWithoutTime += 1;
      if (length > LONGEST_LINE) sum.cut += 1;
      countInMinute('log lines', current);
      return current;
    },
    counts: () => ({
      ...sum,
      earliestMs: Number.isFinite(earliestMs) ? earliestMs : null,
      latestMs: Number.isFinite(latestMs) ? latestMs : null,
      perMinute,
    }),
  };
}

/** Matches by pattern, with the first lines of each for people to read. */
function openMatches(patterns: readonly LinePattern[], countInMinute: (name: string, timeMs: number) => void) {
  const found = new Map(patterns.map(({ name }) => [name, { count: 0, lines: [] as string[] }]));
  return {
    note: (name: string, line: string, timeMs: number): void => {
      const one = found.get(name);
      if (one === undefined) return;
      one.count += 1;
      if (one.lines.length < MOST_KEPT) one.lines.push(line);
      countInMinute(name, timeMs);
    },
    found: (): LineCounts['matches'] => Object.fromEntries(found),
  };
}

/** Cuts chunks into blocks of whole lines. */
function openBlocks(takeBlock: (block: Buffer) => void): { feed: (chunk: Buffer) => void; end: () => void } {
  /** The beginning of a line whose end has not come; what it has beyond its allowed length is dropped. */
  const rest = { bytes: Buffer.alloc(0), dropped: false };

  const takeRest = (bytes: Buffer): void => {
    // One byte longer than is read says that it is.
    takeBlock(rest.dropped ? bytes.subarray(0, LONGEST_LINE + 1) : bytes);
    rest.bytes = Buffer.alloc(0);
    rest.dropped = false;
  };

  const hold = (bytes: Buffer): void => {
    const room = LONGEST_LINE + 1 - rest.bytes.length;
    if (bytes.length > room) rest.dropped = true;
    if (room > 0 && bytes.length > 0) rest.bytes = Buffer.concat([rest.bytes, bytes.subarray(0, room)]);
  };

  return {
    feed: (chunk) => {
      let from = 0;
      if (rest.bytes.length > 0) {
        const firstFeed = chunk.indexOf(lineFeed);
        hold(firstFeed === -1 ? chunk : chunk.subarray(0, firstFeed));
        if (firstFeed === -1) return;
        takeRest(rest.bytes);
        from = firstFeed + 1;
      }
      const lastFeed = chunk.lastIndexOf(lineFeed);
      if (lastFeed >= from) takeBlock(chunk.subarray(from, lastFeed));
      hold(chunk.subarray(Math.max(from, lastFeed + 1)));
    },
    end: () => takeRest(rest.bytes),
  };
}

interface InWindow {
  readonly starts: number[];
  readonly ends: number[];
  readonly times: number[];
}

interface Search {
  readonly patterns: readonly LinePattern[];
  readonly note: (name: string, line: string, timeMs: number) => void;
}

/** Goes from one line that may match to the next, for each pattern through the whole block. */
function search(block: Buffer, { starts, ends, times }: InWindow, { patterns, note }: Search): void {
  const last = starts.length - 1;
  if (last < 0) return;
  // One character per byte, and lower case has as many: places in the text are places in the block.
  const text = block.toString('latin1', 0, ends[last]);
  const lowerCase = patterns.some(({ ignoreCase }) => ignoreCase) ? text.toLowerCase() : text;
  for (const { name, matches, next, ignoreCase } of patterns) {
    const searched = ignoreCase ? lowerCase : text;
    for (let index = 0; index <= last; index += 1) {
      const candidate = next(searched, starts[index] ?? 0);
      if (candidate === -1) break;
      while (index < last && candidate >= (starts[index + 1] ?? 0)) index += 1;
      // In a line outside the window, or beyond what is read of a line.
      if (candidate > (ends[index] ?? 0)) continue;
      const line = block.toString('utf8', starts[index], ends[index]).replace(/\r$/, '');
      if (matches(line)) note(name, line, times[index] ?? 0);
    }
  }
}
