/** Each configured reading of a source → a measurement, or why there is none. */
import type { Measurement, QualityIssue, UnclearCount } from '../../model/evidence.ts';
import type { Json } from '../../model/units.ts';
import { type Bucket, countOver, edgeText, percentileBetween } from './buckets.ts';
import type { CountedSince } from './counting.ts';
import { wordsFor } from './series.ts';
import type { MetricReading, SeriesSelector } from './settings.ts';
import { BlindMetric, type Count, countOf, matching, moving, sumUp } from './sum-up.ts';

export interface ReadMetric {
  readonly measurement: Measurement | null;
  readonly qualityIssues: readonly QualityIssue[];
  readonly facts: Json;
}

/** What a reading is read from, and what it is about. */
export interface Reading<Kind extends MetricReading['kind'] = MetricReading['kind']> {
  readonly sli: string;
  readonly reading: Extract<MetricReading, { kind: Kind }>;
  readonly since: CountedSince;
  /** How long was counted. */
  readonly lastedS: number;
}

type OverTheRun = Exclude<MetricReading['kind'], 'cache-answers'>;

/** Throws whatever keeps the source from answering; what only this reading lacks is a quality issue of it. */
export async function readMetric({ reading, ...about }: Reading<OverTheRun>): Promise<ReadMetric> {
  try {
    switch (reading.kind) {
      case 'ratio':
        return await readRatio({ ...about, reading });
      case 'over':
        return await readOver({ ...about, reading });
      case 'counter':
        return await readCounter({ ...about, reading });
    }
  } catch (error) {
    if (!(error instanceof BlindMetric)) throw error;
    return blind(about.sli, error.message);
  }
}

export function blind(sli: string, message: string): ReadMetric {
  const qualityIssue: QualityIssue = {
    code: 'signal-absent',
    message: `the metrics are blind: ${message}`,
    slis: [sli],
  };
  return { measurement: null, qualityIssues: [qualityIssue], facts: { blind: message } };
}

/** Why a count may not be all. */
export function qualityIssuesFrom(sli: string, gaps: readonly string[]): QualityIssue[] {
  return [...new Set(gaps)].map((gap) => ({ code: 'counted-in-part', message: gap, slis: [sli] }));
}

async function readRatio({ sli, reading, since }: Reading<'ratio'>): Promise<ReadMetric> {
  const whole = await moving(since, reading.of);
  const part = await sumUp(since, reading.part, 'none-is-none');
  const words = { numerator: wordsFor(reading.part), denominator: wordsFor(reading.of) };
  if (part.count > whole.count) {
    throw new BlindMetric(`${words.numerator} rose by ${part.count}, more than ${words.denominator} (${whole.count})`);
  }
  return {
    measurement: {
      kind: 'ratio',
      sli,
      unit: 'ratio',
      how: `increments from before the run to after it: ${words.numerator} of ${words.denominator}`,
      numerator: part.count,
      denominator: whole.count,
      of: { numerator: reading.called.part, denominator: reading.called.of },
    },
    qualityIssues: qualityIssuesFrom(sli, [...part.gaps, ...whole.gaps]),
    facts: { part: factsOf(part), of: factsOf(whole) },
  };
}

async function readOver({ sli, reading, since }: Reading<'over'>): Promise<ReadMetric> {
  const { edge, unit } = reading;
  const name = reading.histogram.name.replace(/_bucket$/, '');
  const selector: SeriesSelector = { name: `${name}_bucket`, where: reading.histogram.where };
  const { buckets, gaps, series } = bucketsOf(selector, await matching(since, selector, 'must-match'));
  const percentiles = Object.fromEntries(
    [50, 95, 99].flatMap((p) => {
      const between = percentileBetween(buckets, p);
      return between === null ? [] : [[`p${p}`, `${between.map(edgeText).join('…')} ${unit}`.trim()]];
    }),
  );
  const { least, most, all, between } = countOver(buckets, edge);
  if (all === 0) throw new BlindMetric(`${wordsFor([selector])} did not move over the whole run`);
  const limit = `${edge} ${unit}`.trim();
  const unclear: UnclearCount = {
    atMost: most,
    within: `the buckets ${between.map(edgeText).join('…')} ${unit}`.trim(),
    needs: `a histogram with a bucket that ends at ${limit}, or a result further from the limit`,
  };
  return {
    measurement: {
      kind: 'ratio',
      sli,
      unit: 'ratio',
      how: `observations of ${wordsFor([{ ...selector, name }])} over ${limit}, from before the run to after it; its p95 lies between ${percentiles['p95']}`,
      numerator: least,
      denominator: all,
      of: { numerator: `over ${limit}`, denominator: 'observations' },
      ...(least === most ? {} : { unclear }),
    },
    qualityIssues: qualityIssuesFrom(sli, gaps),
    facts: { series, percentiles, buckets: buckets.map((one) => ({ edge: edgeText(one.edge), upTo: one.upTo })) },
  };
}

/** The same edge of all series together. Throws BlindMetric where they do not have the same edges. */
function bucketsOf(
  { name, where }: SeriesSelector,
  rises: Awaited<ReturnType<CountedSince['rises']>>,
): { readonly buckets: readonly Bucket[]; readonly gaps: readonly string[]; readonly series: number } {
  const byEdge = Map.groupBy(rises, ({ labels }) => Number((labels['le'] ?? '').replace('+Inf', 'Infinity')));
  const counted = [...byEdge].map(([edge, these]) => ({ edge, ...countOf({ name, where }, these) }));
  const [first, ...others] = counted.map(({ series }) => series);
  if (first === undefined || !byEdge.has(Infinity) || others.some((series) => series !== first)) {
    throw new BlindMetric(`the series of ${name} have different buckets, or no last one (+Inf)`);
  }
  return {
    buckets: counted.map(({ edge, count }) => ({ edge, upTo: count })),
    gaps: counted.flatMap(({ gaps }) => gaps),
    series: first,
  };
}

async function readCounter({ sli, reading, since, lastedS }: Reading<'counter'>): Promise<ReadMetric> {
  const counted = await sumUp(since, reading.counter, 'must-match');
  return {
    measurement: {
      kind: 'occurrences',
      sli,
      unit: 'count',
      how: `increments of ${wordsFor(reading.counter)} from before the run to after it`,
      count: counted.count,
      exposures: Math.floor(lastedS),
      exposedTo: 'seconds',
      seen: [],
    },
    qualityIssues: qualityIssuesFrom(sli, counted.gaps),
    facts: factsOf(counted),
  };
}

function factsOf({ count, series }: Count): Json {
  return { rose: count, series };
}
