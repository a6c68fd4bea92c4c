/** The positive control: requests of our own, which the counters must have counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell, WebAnswer } from '../../lib/shell.ts';
import type { LoadRequest, MixContext } from '../../model/load-mix.ts';
import type { Json } from '../../model/units.ts';
import { cacheSignal } from '../load/classify.ts';
import type { CountedSince, CountingSource } from './counting.ts';
import { blind, qualityIssuesFrom, type ReadMetric } from './read-metrics.ts';
import { wordsFor } from './series.ts';
import type { MetricReading, MetricsPolicy, SeriesSelector } from './settings.ts';
import { BlindMetric, namesOf, sumUp } from './sum-up.ts';

export interface ControlOptions {
  readonly api: string;
  readonly context: MixContext;
  readonly shell: Shell;
  readonly signal: AbortSignal;
}

export interface ControlResult {
  /** Requests that were answered 2xx: so many must have been counted. */
  readonly answered: readonly WebAnswer[];
  readonly since: CountedSince;
  /** Names that did not move as they must, each with why. */
  readonly dead: ReadonlyMap<string, string>;
  /** Names that did. */
  readonly proven: ReadonlySet<string>;
  readonly facts: Json;
}

type CacheAnswers = Extract<MetricReading, { kind: 'cache-answers' }>;

const REQUEST_TIMEOUT_MS = 10_000;
const PAUSE_MS = 200;

/** Asks, and waits until all is counted, as long as it may. Throws where none of the requests was answered well. */
export async function runControl(
  source: CountingSource,
  {
    control,
    read,
    seenWithinMs,
  }: Pick<MetricsPolicy, 'read' | 'seenWithinMs'> & { control: NonNullable<MetricsPolicy['control']> },
  options: ControlOptions,
): Promise<ControlResult> {
  const sums = [
    ...control.moves,
    ...Object.values(read)
      .filter(isCacheAnswers)
      .map(({ hits, misses }) => [...hits, ...misses]),
  ];
  const requests = await control.ask(options.context);
  const counting = await source.begin();
  const all: (WebAnswer | null)[] = [];
  for (const one of requests) all.push(await ask(one, options));
  const answered = all.filter((one) => one !== null).filter(({ status }) => status >= 200 && status <= 299);
  if (answered.length === 0) {
    const statuses = [...new Set(all.map((one) => one?.status ?? 'not at all'))].join(', ');
    throw new BlindMetric(`the control could not be made: its ${all.length} requests were answered ${statuses}`);
  }
  const startedAt = performance.now();
  for (;;) {
    const since = await counting.read([...new Set(sums.flatMap(namesOf))]);
    const moved = await Promise.all(sums.map((sum) => whyStill(since, sum, answered.length)));
    const isOver = performance.now() - startedAt + PAUSE_MS > seenWithinMs;
    if (isOver || moved.every((why) => why === null)) return { answered, since, ...told(sums, moved, answered.length) };
    await sleep(PAUSE_MS, undefined, { signal: options.signal });
  }
}

function isCacheAnswers(reading: MetricReading): reading is CacheAnswers {
  return reading.kind === 'cache-answers';
}

/** Null where no answer came in time: that is for others to judge. */
async function ask(
  { path, method = 'GET', headers = {}, body }: LoadRequest,
  { api, shell, signal }: ControlOptions,
): Promise<WebAnswer | null> {
  const sent = body === undefined ? {} : { body };
  try {
    return await shell.request(api + path, { method, headers, ...sent, timeoutMs: REQUEST_TIMEOUT_MS, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

async function whyStill(since: CountedSince, sum: readonly SeriesSelector[], asked: number): Promise<string | null> {
  try {
    const { count } = await sumUp(since, sum, 'must-match');
    if (count >= asked) return null;
    return `${asked} requests were made to see it move, and ${wordsFor(sum)} rose by ${count}`;
  } catch (error) {
    if (error instanceof BlindMetric) return error.message;
    throw error;
  }
}

function told(
  sums: readonly (readonly SeriesSelector[])[],
  moved: readonly (string | null)[],
  asked: number,
): Pick<ControlResult, 'dead' | 'proven' | 'facts'> {
  const dead = sums.flatMap((sum, index) => {
    const why = moved[index] ?? null;
    return why === null ? [] : namesOf(sum).map((name) => [familyOf(name), why] as const);
  });
  const proven = sums.flatMap((sum, index) => (moved[index] === null ? namesOf(sum).map(familyOf) : []));
  return {
    dead: new Map(dead),
    proven: new Set(proven),
    facts: { asked, moved: sums.map((sum, index) => ({ what: wordsFor(sum), still: moved[index] ?? null })) },
  };
}

/** A histogram has one name in three. */
export function familyOf(name: string): string {
  return name.replace(/_(?:bucket|count|sum)$/, '');
}

/** Whether the counters counted as hit and miss what the answers themselves said they were. */
export async function compareCacheAnswers(
  sli: string,
  reading: CacheAnswers,
  control: ControlResult,
): Promise<ReadMetric> {
  const { header } = reading;
  const signals = control.answered.map(({ headers }) => cacheSignal(headers[header.toLowerCase()] ?? '', header));
  const unknown = signals.filter((signal) => signal === 'unknown').length;
  if (unknown > 0) return blind(sli, `${header} of ${unknown} of ${signals.length} answers said neither hit nor miss`);
  const said = { hits: 0, misses: 0 };
  for (const signal of signals) said[signal === 'hit' ? 'hits' : 'misses'] += 1;
  const [hits, misses] = [
    await sumUp(control.since, reading.hits, 'must-match'),
    await sumUp(control.since, reading.misses, 'must-match'),
  ];
  const check = (what: 'hits' | 'misses', counted: number) => ({
    name: `${what} that ${header} told of were counted`,
    ok: counted >= said[what],
    expected: `${said[what]} or more`,
    actual: `${counted}`,
  });
  const others = hits.count + misses.count - signals.length;
  const foreign = `others asked meanwhile (${others} answers more were counted than the control's ${signals.length}), so that theirs cannot be told from its own`;
  return {
    measurement: {
      kind: 'checks',
      sli,
      unit: 'count',
      how: `${signals.length} requests, made to compare what ${header} says with what ${wordsFor([...reading.hits, ...reading.misses])} count`,
      checks: [check('hits', hits.count), check('misses', misses.count)],
    },
    qualityIssues: qualityIssuesFrom(sli, [...hits.gaps, ...misses.gaps, ...(others > 0 ? [foreign] : [])]),
    facts: { said, counted: { hits: hits.count, misses: misses.count } },
  };
}
