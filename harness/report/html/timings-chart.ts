/** Every sample as a dot, a row per group, with the judged value, its interval and the limit. */
import * as Plot from '@observablehq/plot';
import type { Finding, Observed, TimingSample, Timings } from '../../model.ts';
import { oneLine } from '../plain-text.ts';
import { counted, intervalText } from '../wording.ts';
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

interface Row {
  readonly label: string;
  readonly samples: readonly TimingSample[];
  readonly observed: Observed | undefined;
}

export function timingsChart(finding: Finding, { samples }: Timings): Markup {
  if (samples.length === 0) return null;
  const rows = rowsOf(finding, samples);
  const dots = rows.flatMap(({ samples: ofRow }, row) => dotsOf(ofRow, row, Math.ceil(mostDots / rows.length)));
  const largest = Math.max(finding.limit.value, ...dots.map((dot) => dot.valueMs));
  const alert = nearAlert(finding.alert, largest);
  const grouped = rows.length > 1 || rows[0]?.label !== '';
  return figure({
    label: `${counted(samples.length, 'sample', 'samples')} of ${finding.title}, with the limit`,
    caption: captionOf(finding, samples.length, dots),
    options: {
      height: 62 + rows.length * (rows.length > 1 ? 44 : 62),
      marginTop: 26,
      marginBottom: 34,
      marginLeft: grouped ? 150 : 14,
      marginRight: 24,
      x: { domain: [0, Math.max(largest, alert?.value ?? 0) * 1.04], label: 'ms', grid: true, nice: false },
      y: {
        domain: [rows.length - 0.5, -0.5],
        label: null,
        ticks: grouped ? rows.map((_, row) => row) : [],
        tickFormat: (row: number) => oneLine(rows[row]?.label ?? '', 22),
        tickSize: 0,
      },
      marks: [
        ...rows.flatMap(bandOf),
        dotMarks(dots),
        ...rows.flatMap(markerOf),
        ...limitRules(finding.limit, alert, 'x'),
      ],
    },
  });
}

function rowsOf({ parts, observed }: Finding, samples: readonly TimingSample[]): readonly Row[] {
  const byGroup = Object.groupBy(samples, ({ group }) => group ?? '');
  return Object.entries(byGroup)
    .slice(0, mostRows)
    .map(([label, ofGroup = []], _, all) => ({
      label,
      samples: ofGroup,
      observed: parts.find((part) => part.label === label)?.observed ?? (all.length === 1 ? observed : undefined),
    }));
}

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

function bandOf({ observed }: Row, row: number): readonly Plot.Markish[] {
  const [low, high] = observed?.interval ?? [];
  if (typeof low !== 'number' || typeof high !== 'number') return [];
  return [Plot.rect([0], { x1: low, x2: high, y1: row - rowHalf, y2: row + rowHalf, fill: ink.band, rx: 2 })];
}

function markerOf({ observed }: Row, row: number): readonly Plot.Markish[] {
  if (observed?.unit !== 'ms') return [];
  const { value } = observed;
  return [
    Plot.link([0], { x1: value, x2: value, y1: row - rowHalf, y2: row + rowHalf, stroke: ink.value, strokeWidth: 2.5 }),
  ];
}

function captionOf({ observed }: Finding, samples: number, dots: readonly Dot[]): string {
  const parts = [
    dots.length < samples ? `${dots.length} of ${samples} samples drawn, evenly by rank.` : 'Each dot is a sample.',
    dots.some((dot) => dot.suspect) ? 'Hollow: something disturbed it.' : '',
    observed?.unit === 'ms' ? `The bar is ${observed.statistic}.` : '',
    intervalText(observed) === '' ? '' : 'The band is its interval.',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
