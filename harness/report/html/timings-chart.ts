/** Every sample as a dot, a row per group, with the judged value, its interval and the limit. */

import * as Plot from '@observablehq/plot';
import { defined } from '../../lib/defined.ts';
import type { Limit } from '../../model/criterion.ts';
import type { TimingSample, Timings } from '../../model/evidence.ts';
import type { Finding, Observed } from '../../model/finding.ts';
import { oneLine } from '../plain-text.ts';
import { counted } from '../wording.ts';
import { figure, ink, limitRules, nearAlert } from './chart.ts';
import type { Markup } from './markup.ts';

/** More dots than this only cover each other. */
const mostDots = 400;
const mostRows = 12;
const rowHalf = 0.36;

interface Dot {
  readonly valueMs: number;
  readonly row: number;
  readonly suspect: boolean;
}

interface JudgedTime {
  readonly label: string;
  readonly observed: Observed;
  readonly limit: Limit;
}

interface Row {
  readonly label: string;
  readonly samples: readonly TimingSample[];
  /** Absent where it was not judged. */
  readonly observed: Pick<Observed, 'value' | 'interval'> | undefined;
}

export interface BaselineTimings {
  readonly name: string;
  /** None where only its value is known. */
  readonly samples: readonly TimingSample[];
  /** The judged percentile of it, where the run was held against that. */
  readonly valueMs?: number;
  /** What limit and band are, where they are not the finding's own. */
  readonly note?: string;
}

export function timingsChart(finding: Finding, { samples }: Timings, baseline: BaselineTimings | null = null): Markup {
  if (samples.length === 0) return null;
  const judged = judgedTimes(finding);
  const limit = judged[0]?.limit ?? finding.limit;
  const rows = withBaseline(rowsOf(judged, samples), baseline);
  const dots = rows.flatMap(({ samples: ofRow }, row) => dotsOf(ofRow, row, Math.ceil(mostDots / rows.length)));
  const judgedMs = rows.map(({ observed }) => observed?.value ?? 0);
  const largest = Math.max(limit.value, ...judgedMs, ...dots.map((dot) => dot.valueMs));
  const alert = nearAlert(finding.alert, largest);
  const end = Math.max(largest, alert?.value ?? 0) * 1.08;
  const grouped = rows.some(({ label }) => label !== '');
  return figure({
    label: `${counted(samples.length, 'sample', 'samples')} of ${finding.title}, with the limit`,
    caption: captionOf(rows, { samples: samples.length, dots, baseline, statistic: judged[0]?.observed.statistic }),
    options: {
      height: 62 + rows.length * (rows.length > 1 ? 44 : 62),
      marginTop: 26,
      marginBottom: 34,
      marginLeft: grouped ? 150 : 14,
      marginRight: 24,
      x: { domain: [0, end], label: 'ms', grid: true, nice: false },
      y: {
        domain: [rows.length - 0.5, -0.5],
        label: null,
        ticks: grouped ? rows.map((_, row) => row) : [],
        tickFormat: (row: number) => oneLine(rows[row]?.label ?? '', 22),
        tickSize: 0,
      },
      marks: [
        ...rows.flatMap((row, index) => bandOf(row, index, end)),
        dotMarks(dots),
        ...rows.flatMap(markerOf),
        ...limitRules(limit, alert, 'x'),
      ],
    },
  });
}

/** What was judged of the times themselves: their percentile, not the longest task within them. */
function judgedTimes({ parts, observed, limit }: Finding): readonly JudgedTime[] {
  const all = parts.length > 0 ? parts : [{ label: '', limit, ...defined({ observed }) }];
  return all.flatMap((part) =>
    part.observed !== undefined && /^p\d/.test(part.observed.statistic) ? [{ ...part, observed: part.observed }] : [],
  );
}

/** A row per group where the groups were judged, otherwise all samples in one. */
function rowsOf(judged: readonly JudgedTime[], samples: readonly TimingSample[]): readonly Row[] {
  const byGroup = Object.entries(Object.groupBy(samples, ({ group }) => group ?? ''));
  const observedOf = (group: string) => judged.find(({ label }) => label === group)?.observed;
  if (!byGroup.some(([group]) => observedOf(group) !== undefined)) {
    return [{ label: '', samples, observed: judged[0]?.observed }];
  }
  return byGroup
    .slice(0, mostRows)
    .map(([label, ofGroup = []]) => ({ label, samples: ofGroup, observed: observedOf(label) }));
}

/** Below each row what the baseline took for the same. */
function withBaseline(rows: readonly Row[], baseline: BaselineTimings | null): readonly Row[] {
  if (baseline === null) return rows;
  const { valueMs } = baseline;
  return rows.flatMap((row) => {
    const samples = row.label === '' ? baseline.samples : baseline.samples.filter(({ group }) => group === row.label);
    if (samples.length === 0 && valueMs === undefined) return [row];
    const before = { label: baselineLabel, samples, observed: valueMs === undefined ? undefined : { value: valueMs } };
    return [row.label === '' ? { ...row, label: 'this run' } : row, before];
  });
}

const baselineLabel = 'baseline';

/** Evenly by rank, so that the picture keeps its shape and its extremes. */
function dotsOf(samples: readonly TimingSample[], row: number, most: number): readonly Dot[] {
  const sorted = samples.toSorted((a, b) => a.valueMs - b.valueMs);
  const drawn = Math.min(most, sorted.length);
  return Array.from({ length: drawn }, (_, index) => {
    const sample = sorted[drawn === 1 ? 0 : Math.round((index * (sorted.length - 1)) / (drawn - 1))];
    // Steps of the golden ratio spread neighbours over the row without chance.
    const spread = ((index * 0.618_034) % 1) * 2 - 1;
    return {
      valueMs: sample?.valueMs ?? 0,
      row: row + spread * (rowHalf - 0.08),
      suspect: sample?.suspect !== undefined,
    };
  });
}

function dotMarks(dots: readonly Dot[]): Plot.Markish {
  const at = { x: 'valueMs', y: 'row', r: 2.6 } as const;
  return [
    Plot.dot(
      dots.filter((dot) => !dot.suspect),
      { ...at, fill: ink.sample, fillOpacity: 0.6 },
    ),
    Plot.dot(
      dots.filter((dot) => dot.suspect),
      { ...at, stroke: ink.sample, strokeWidth: 1.2 },
    ),
  ];
}

/** A side the samples do not bound reaches to the edge. */
function bandOf({ observed }: Row, row: number, end: number): readonly Plot.Markish[] {
  if (observed?.interval === undefined) return [];
  const [low, high] = observed.interval;
  const sides = { x1: low ?? 0, x2: high ?? end, y1: row - rowHalf, y2: row + rowHalf };
  return [Plot.rect([0], { ...sides, fill: ink.band, rx: 2 })];
}

function markerOf({ observed }: Row, row: number): readonly Plot.Markish[] {
  if (observed === undefined) return [];
  const { value } = observed;
  const ends = { x1: value, x2: value, y1: row - rowHalf, y2: row + rowHalf };
  return [Plot.link([0], { ...ends, stroke: ink.value, strokeWidth: 2.5 })];
}

interface Drawn {
  readonly samples: number;
  readonly dots: readonly Dot[];
  readonly baseline: BaselineTimings | null;
  readonly statistic: string | undefined;
}

function captionOf(rows: readonly Row[], { samples, dots, baseline, statistic }: Drawn): string {
  const observed = rows.find((row) => row.observed !== undefined)?.observed;
  const all = Math.max(
    samples,
    rows.reduce((sum, row) => sum + row.samples.length, 0),
  );
  const parts = [
    dots.length < all ? `${dots.length} of ${all} samples drawn, evenly by rank.` : 'Each dot is a sample.',
    dots.some((dot) => dot.suspect) ? 'Hollow: something disturbed it.' : '',
    observed === undefined ? '' : `The bar is ${statistic}.`,
    observed?.interval === undefined ? '' : (baseline?.note ?? 'The band is its interval.'),
    rows.some(({ label }) => label === baselineLabel) ? `The baseline is ${baseline?.name ?? ''}.` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
