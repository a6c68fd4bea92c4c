/** Reads lines from Grafana Loki: `GET /loki/api/v1/query_range`, page by page, oldest first. */

import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import type { Shell } from '../../lib/shell.ts';
import { quoted } from '../quoted.ts';
import type { LineCounter } from './count-lines.ts';
import { type LogReading, type ReadOptions, wordsOf } from './log-reading.ts';
import type { LokiSource } from './settings.ts';

export interface LokiOptions extends ReadOptions {
  readonly shell: Shell;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What Loki gives at most unless it is configured otherwise (`max_entries_limit_per_query`). */
const PAGE_LINES = 5000;
const MOST_PAGES = 2000;
const PAGE_TIMEOUT_MS = 30_000;
const nsPerMs = 1_000_000n;

const answer = z.object({
  data: z.object({
    resultType: z.string(),
    result: z.array(
      z.object({ stream: z.record(z.string(), z.string()), values: z.array(z.tuple([z.string(), z.string()])) }),
    ),
  }),
});

interface Entry {
  readonly at: bigint;
  readonly line: string;
  /** The same line of two streams is two lines. */
  readonly key: string;
}

/** Reads all lines between two instants. Never throws: what could not be read is a problem. */
export async function readLoki(query: LokiSource, options: LokiOptions): Promise<LogReading> {
  const counter = options.counter();
  const problems: string[] = [];
  try {
    const problem = await readPages(query, counter, options);
    if (problem !== null) problems.push(problem);
  } catch (error) {
    problems.push(`${nameOf(query)}: ${quoted(wordsOf(error))}`);
  }
  return { streams: [{ name: `${query.query} in ${nameOf(query)}`, counts: counter.end() }], problems };
}

/** An address may hold a password. */
function nameOf({ url }: LokiSource): string {
  return `Loki at ${quoted(url)}`;
}

async function readPages(query: LokiSource, counter: LineCounter, options: LokiOptions): Promise<string | null> {
  let from = BigInt(Math.floor(options.sinceMs)) * nsPerMs;
  // Pages overlap in the instant where one ends: several lines may share it.
  let taken = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    options.signal.throwIfAborted();
    const entries = await readPage(query, from, options);
    const fresh = entries.filter(({ at, key }) => at !== from || !taken.has(key));
    for (const { at, line } of fresh) counter.take(line, Number(at / nsPerMs));
    if (entries.length < PAGE_LINES) return null;
    const last = entries.at(-1)?.at ?? from;
    if (fresh.length === 0)
      return `${nameOf(query)}: more than ${PAGE_LINES} lines share one instant; some are missing`;
    taken = new Set([
      ...(last === from ? taken : []),
      ...entries.filter(({ at }) => at === last).map(({ key }) => key),
    ]);
    from = last;
  }
  return `${nameOf(query)}: has more than ${PAGE_LINES * MOST_PAGES} lines; the later ones were not read`;
}

async function readPage(query: LokiSource, from: bigint, { shell, signal, untilMs }: LokiOptions): Promise<Entry[]> {
  const url = new URL(`${query.url.replace(/\/+$/, '')}/loki/api/v1/query_range`);
  url.search = new URLSearchParams({
    query: query.query,
    start: String(from),
    // The end is not included.
    end: String((BigInt(Math.floor(untilMs)) + 1n) * nsPerMs),
    limit: String(PAGE_LINES),
    direction: 'forward',
  }).toString();
  const headers = headersOf(query, shell);
  const { status, text } = await shell.request(url.href, { timeoutMs: PAGE_TIMEOUT_MS, headers, signal });
  if (status !== 200) throw new Error(`answered ${status}: ${text.trim().slice(0, 200)}`);
  const parsed = answer.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error('did not answer in the form of its query_range');
  const { resultType, result } = parsed.data.data;
  if (resultType !== 'streams')
    throw new Error(`the query gives a ${resultType}; it must be one of lines, not of a metric`);
  return result
    .flatMap(({ stream, values }) =>
      values.map(([at, line]) => ({ at: BigInt(at), line, key: `${JSON.stringify(stream)} ${line}` })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function headersOf({ tenant, tokenFrom }: LokiSource, { env }: Shell): { readonly [name: string]: string } {
  const token = tokenFrom === undefined ? undefined : env[tokenFrom];
  if (tokenFrom !== undefined && token === undefined) throw new Error(`the environment has no ${tokenFrom}`);
  return {
    ...defined({ 'X-Scope-OrgID': tenant }),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
}
