/**
 * Makes of the HAR that Playwright recorded the one that is kept: without what was sent, without secrets, of bounded size. Pure.
 * HAR 1.2: http://www.softwareishard.com/blog/har-12-spec
 */
import type { Redactor } from '../lib/redact.ts';

export interface KeptHar {
  /** One line of JSON. */
  readonly text: string;
  readonly requests: { readonly kept: number; readonly all: number };
}

interface PostData {
  readonly mimeType: string;
  readonly text: string;
  readonly params: readonly unknown[];
}

/** What is worked on here; all the rest stays as Playwright wrote it. */
interface Entry {
  readonly time: number;
  readonly request: { readonly url: string; readonly postData?: PostData };
  readonly timings: { readonly [phase: string]: number };
}

interface RecordedHar {
  readonly log: { readonly entries: readonly Entry[] };
}

/** Some five thousand requests. */
const MOST_BYTES = 10_000_000;

/** The HAR to keep; what goes beyond the size is left out from the end, and its comment says so. Throws for what is no HAR. */
export function harToKeep(recorded: string, redactor: Redactor, mostBytes = MOST_BYTES): KeptHar {
  const { log } = JSON.parse(recorded) as RecordedHar;
  const { entries, ...about } = redactor.deep({
    ...log,
    entries: log.entries.map((entry) => withOwnTime(withoutBody(entry))),
  });
  const kept = thoseThatFit(entries, mostBytes);
  const comment = commentOn(kept.length, entries.length);
  return {
    text: JSON.stringify({ log: { ...about, entries: kept, comment } }),
    requests: { kept: kept.length, all: entries.length },
  };
}

/** Playwright keeps the fields of a form even where it is to leave contents out. */
function withoutBody(entry: Entry): Entry {
  const { postData } = entry.request;
  if (postData === undefined) return entry;
  return { ...entry, request: { ...entry.request, postData: { mimeType: postData.mimeType, text: '', params: [] } } };
}

/**
 * `ssl` is a part of `connect`, and `time` the sum of the others. Playwright 1.65 adds `ssl` once more, and gives one to
 * connections without encryption as well.
 */
function withOwnTime(entry: Entry): Entry {
  const { timings, request } = entry;
  if ((timings['wait'] ?? -1) < 0) return entry; // it was never answered
  const { ssl = -1, ...others } = timings;
  const time = Object.values(others).reduce((sum, ms) => sum + Math.max(0, ms), 0);
  return { ...entry, time, timings: { ...others, ssl: /^(?:https|wss):/i.test(request.url) ? ssl : -1 } };
}

/** From the first on. */
function thoseThatFit(entries: readonly Entry[], mostBytes: number): readonly Entry[] {
  let left = mostBytes;
  const end = entries.findIndex((entry) => {
    left -= Buffer.byteLength(JSON.stringify(entry)) + 1;
    return left < 0;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

function commentOn(kept: number, all: number): string {
  const bodies = 'Bodies are left out, and secrets are replaced by [redacted].';
  return kept === all ? bodies : `${bodies} The first ${kept} of ${all} requests: the others would make it too large.`;
}
