/** What the configuration says of metrics, and what a run asks of them. */

import { z } from 'zod';
import { defined } from '../../lib/defined.ts';
import { address, duration, name, pattern } from '../../lib/fields.ts';
import { unknownName } from '../../lib/known-name.ts';
import { durationMs } from '../../lib/quantities.ts';
import type { AskFunction } from '../../model/load-mix.ts';

const seriesName = z.string().regex(/^[a-zA-Z_:][\w:]*$/, 'must be the name of a metric, without braces');

/** Series of one name; `where` holds a regular expression per label, which must match the whole value. */
const series = z.union(
  [
    seriesName,
    z.strictObject({
      name: seriesName,
      where: z.record(z.string().regex(/^[a-zA-Z_]\w*$/, 'must be the name of a label'), pattern).default({}),
    }),
  ],
  'must be the name of a metric, or { name, where: { LABEL: PATTERN } }',
);

/** Several are added up. */
const sum = z.union([series, z.array(series).min(1)]);

const reading = z.union(
  [
    // `called` says what the two count: "diffs answered 5xx" and "diffs".
    z.strictObject({ part: sum, of: sum, called: z.strictObject({ part: z.string().min(1), of: z.string().min(1) }) }),
    // The limit of time as the histogram's edge; a number is in the histogram's own unit.
    z.strictObject({ histogram: series, over: z.union([duration, z.number()]) }),
    z.strictObject({ counter: sum }),
    z.strictObject({ header: z.string().min(1), hits: sum, misses: sum }),
  ],
  'must be { part, of, called }, { histogram, over }, { counter } or { header, hits, misses }',
);

const metricsSource = z.union(
  [
    z.strictObject({
      scrape: z.union([address, z.string().startsWith('/')], 'must be an address, or a path at the origin of the API'),
    }),
    z.strictObject({
      prometheus: z.strictObject({
        url: address,
        /** Of all series that it has, only those with these labels: `{ namespace: 'production' }`. */
        only: z.record(z.string(), z.string()).default({}),
        /** The environment variable that holds a bearer token. */
        tokenFrom: z.string().optional(),
      }),
    }),
  ],
  'must be { scrape: PATH or ADDRESS } or { prometheus: { url } }',
);

const metrics = z.strictObject({
  source: metricsSource,
  /** What happened must be counted within this time: 5 s when scraped, a minute through Prometheus, unless it says otherwise. */
  seenWithin: duration.optional(),
  /** Requests that are made to see the counters move, one after the other. */
  control: z
    .strictObject({
      ask: z.custom<AskFunction>((value) => typeof value === 'function', 'must be a function that returns requests'),
      /** Each of these must rise by as many as were answered. */
      moves: z.array(sum).min(1),
    })
    .optional(),
  /** By the name that the indicator has behind `metrics.`. */
  read: z.record(name, reading),
});

export const metricsKeys = {
  rollout: {
    /** Counters and histograms that the target keeps itself. */
    metrics: z.record(name, metrics).default({}),
  },
  target: {
    /** Where this target's metrics are, by their name under the rollout's `metrics`, if elsewhere. */
    metrics: z.record(name, metricsSource).default({}),
  },
  profile: {},
};

type Metrics = z.output<typeof metrics>;

export interface MetricsTarget {
  readonly metrics: Readonly<Record<string, z.output<typeof metricsSource>>>;
}

export interface MetricsRollout {
  readonly metrics: Readonly<Record<string, Metrics>>;
  readonly targets: Readonly<Record<string, MetricsTarget>>;
}

/** Counters and histograms that the target keeps, and what is read from them over the run. */
export interface MetricsPolicy {
  readonly name: string;
  readonly source: MetricsSource;
  /** What happened must be counted within this time. */
  readonly seenWithinMs: number;
  /** Requests that must make counters move; null: nothing proves that they do. */
  readonly control: MetricsControl | null;
  /** By the name that the indicator has behind `metrics.`. */
  readonly read: { readonly [name: string]: MetricReading };
}

export type MetricsSource = ScrapedSource | PrometheusSource;

/** An address that answers in Prometheus's text format; a path is at the origin of the target's API. */
export interface ScrapedSource {
  readonly kind: 'scrape';
  readonly at: string;
}

/** A Prometheus, or what has its query API. */
export interface PrometheusSource {
  readonly kind: 'prometheus';
  readonly url: string;
  /** Only series with these labels. */
  readonly only: { readonly [label: string]: string };
  /** The environment variable that holds a bearer token. */
  readonly tokenFrom?: string;
}

/** Series of one name whose labels match, each a regular expression in RE2's syntax that must match the whole value. */
export interface SeriesSelector {
  readonly name: string;
  readonly where: { readonly [label: string]: string };
}

export type MetricReading =
  /** How much of what was counted: `part` of `of`, each the sum of its series' increments. */
  | {
      readonly kind: 'ratio';
      readonly part: readonly SeriesSelector[];
      readonly of: readonly SeriesSelector[];
      /** What both count, in words. */
      readonly called: { readonly part: string; readonly of: string };
    }
  /** How many of a histogram's observations lie over an edge, in its own unit. */
  | { readonly kind: 'over'; readonly histogram: SeriesSelector; readonly edge: number; readonly unit: string }
  | { readonly kind: 'counter'; readonly counter: readonly SeriesSelector[] }
  /** Whether the control's answers say in a header what the counters counted of them. */
  | {
      readonly kind: 'cache-answers';
      readonly header: string;
      readonly hits: readonly SeriesSelector[];
      readonly misses: readonly SeriesSelector[];
    };

export interface MetricsControl {
  readonly ask: AskFunction;
  /** The sum of each must rise by as many as were answered 2xx. */
  readonly moves: readonly (readonly SeriesSelector[])[];
}

const SEEN_WITHIN = { scrape: '5s', prometheus: '60s' };

/** What is read where: what the target says of its source, else what the rollout says. */
export function metricsToRead(
  { metrics: all }: Pick<MetricsRollout, 'metrics'>,
  target: MetricsTarget,
): MetricsPolicy[] {
  return Object.entries(all).map(([key, { source, seenWithin, control, read }]) => {
    const from = sourceOf(target.metrics[key] ?? source);
    return {
      name: key,
      source: from,
      seenWithinMs: durationMs(seenWithin ?? SEEN_WITHIN[from.kind]),
      control: control === undefined ? null : { ask: control.ask, moves: control.moves.map(sumOf) },
      read: Object.fromEntries(Object.entries(read).map(([each, one]) => [each, readingOf(one)])),
    };
  });
}

/** Each as `path: what is wrong`. */
export function metricsContradictions({ metrics: all, targets }: MetricsRollout): string[] {
  const unknown = Object.entries(targets).flatMap(([target, { metrics: own }]) =>
    Object.keys(own).flatMap((one) => unknownName(`targets.${target}.metrics`, one, Object.keys(all))),
  );
  const readings = Object.entries(all).flatMap(([key, { read }]) => Object.keys(read).map((each) => ({ key, each })));
  // An indicator is measured once: which of two is meant is not for judgement to choose.
  const twice = readings.flatMap(({ key, each }, index) => {
    const earlier = readings.findIndex((one) => one.each === each);
    return earlier < index
      ? [`metrics.${key}.read.${each}: metrics.${readings[earlier]?.key} reads something of this name already`]
      : [];
  });
  const unasked = Object.entries(all).flatMap(([key, { read, control }]) =>
    Object.entries(read)
      .filter(([, one]) => 'header' in one && control === undefined)
      .map(
        ([each]) => `metrics.${key}.read.${each}: compares answers with counters, so it needs metrics.${key}.control`,
      ),
  );
  return [...unknown, ...twice, ...unasked];
}

function sourceOf(source: z.output<typeof metricsSource>): MetricsSource {
  if ('scrape' in source) return { kind: 'scrape', at: source.scrape };
  const { url, only, tokenFrom } = source.prometheus;
  return {
    kind: 'prometheus',
    url: url.replace(/\/+$/, ''),
    only,
    ...defined({ tokenFrom }),
  };
}

function readingOf(one: Metrics['read'][string]): MetricReading {
  if ('part' in one) return { kind: 'ratio', part: sumOf(one.part), of: sumOf(one.of), called: one.called };
  if ('counter' in one) return { kind: 'counter', counter: sumOf(one.counter) };
  if ('header' in one) {
    return { kind: 'cache-answers', header: one.header, hits: sumOf(one.hits), misses: sumOf(one.misses) };
  }
  const { histogram, over } = one;
  const edge = typeof over === 'number' ? over : durationMs(over) / 1000;
  return { kind: 'over', histogram: seriesOf(histogram), edge, unit: typeof over === 'number' ? '' : 's' };
}

function sumOf(input: z.output<typeof sum>): readonly SeriesSelector[] {
  return (Array.isArray(input) ? input : [input]).map(seriesOf);
}

function seriesOf(input: z.output<typeof series>): SeriesSelector {
  return typeof input === 'string' ? { name: input, where: {} } : input;
}
