/** A load's latencies: the percentile curve, and how they went over time. */
import * as Plot from '@observablehq/plot';
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { formatDuration } from '../../format.ts';
import type { Distribution, Finding } from '../../model.ts';
import { figure, ink, limitRules, nearAlert } from './chart.ts';
import { html, type Markup } from './markup.ts';

/** Points per line; a longer run is summed up in slices of several seconds. */
const mostPoints = 120;

interface Slice {
  readonly second: number;
  readonly medianMs: number;
  readonly quantileMs: number;
}

export interface BaselineDistribution {
  readonly name: string;
  readonly histogram: string;
}

export function distributionCharts(
  finding: Finding,
  distribution: Distribution,
  baseline: BaselineDistribution | null = null,
): Markup {
  const total = decoded(distribution.histogram);
  if (total === undefined || total.totalCount === 0) return html`<p class="quiet">Its histogram cannot be drawn.</p>`;
  const percentile = Number(/^p(\d+(?:\.\d+)?)$/.exec(finding.observed?.statistic ?? '')?.[1] ?? 95);
  return html`<div class="charts">
    ${percentileCurve(finding, total, baseline)} ${overTime(finding, slicesOf(distribution, percentile), percentile)}
  </div>`;
}

interface CurvePoint {
  /** How many nines: 0 is the median of none, 1 is p90. */
  readonly x: number;
  readonly ms: number;
}

function curveOf(histogram: Histogram, nines: number): readonly CurvePoint[] {
  return Array.from({ length: mostPoints + 1 }, (_, index) => {
    const x = (nines * index) / mostPoints;
    return { x, ms: millisecondsAt(histogram, 100 * (1 - 10 ** -x)) };
  });
}

function percentileCurve(finding: Finding, total: Histogram, baseline: BaselineDistribution | null): Markup {
  const nines = Math.min(4, Math.log10(total.totalCount));
  const curve = curveOf(total, nines);
  const accepted = baseline === null ? undefined : decoded(baseline.histogram);
  const before = accepted === undefined || accepted.totalCount === 0 ? [] : curveOf(accepted, nines);
  const valuesMs = [...curve, ...before].map((point) => point.ms);
  const { observed } = finding;
  const percentile = Number(/^p(\d+(?:\.\d+)?)$/.exec(observed?.statistic ?? '')?.[1] ?? Number.NaN);
  const x = -Math.log10(1 - percentile / 100);
  const [low, high] = observed?.interval ?? [];
  const judged = observed === undefined || !Number.isFinite(x) ? [] : [{ x, ms: observed.value }];
  return figure({
    label: `Latency by percentile: ${finding.title}`,
    caption: `Latency by percentile. The dot is the judged value with its interval.${before.length === 0 ? '' : ` Dashed: the baseline, ${baseline?.name ?? ''}.`}`,
    options: {
      ...frame(finding, valuesMs),
      x: {
        domain: [0, nines],
        label: 'percentile',
        ticks: [0, ...[50, 75, 90, 95, 99, 99.9, 99.99].map((p) => -Math.log10(1 - p / 100))].filter(
          (tick) => tick <= nines,
        ),
        tickFormat: (tick: number) => `${Number((100 * (1 - 10 ** -tick)).toFixed(2))}`,
      },
      marks: [
        Plot.line(before, { x: 'x', y: 'ms', stroke: ink.sample, strokeWidth: 1.5, strokeDasharray: '4 4' }),
        Plot.line(curve, { x: 'x', y: 'ms', stroke: ink.sample, strokeWidth: 2 }),
        typeof low === 'number' && typeof high === 'number'
          ? Plot.link(judged, {
              x1: 'x',
              x2: 'x',
              y1: low,
              y2: high,
              stroke: ink.value,
              strokeWidth: 2,
            })
          : null,
        Plot.dot(judged, { x: 'x', y: 'ms', r: 4, fill: ink.value }),
        ...rulesOf(finding, valuesMs),
      ],
    },
  });
}

function overTime(finding: Finding, slices: readonly Slice[], percentile: number): Markup {
  if (slices.length < 2) return null;
  const largest = slices.flatMap((slice) => [slice.medianMs, slice.quantileMs]);
  const last = slices.slice(-1);
  const label = { x: 'second', textAnchor: 'start', dx: 6 } as const;
  return figure({
    label: `Latency over time: ${finding.title}`,
    caption: `Latency over time; each point stands for ${secondsPerPoint(slices)}.`,
    options: {
      ...frame(finding, largest),
      marginRight: 56,
      x: { label: 's', nice: false },
      marks: [
        Plot.line(slices, { x: 'second', y: 'medianMs', stroke: ink.sample, strokeWidth: 1.5 }),
        Plot.line(slices, { x: 'second', y: 'quantileMs', stroke: ink.value, strokeWidth: 2 }),
        Plot.text(last, { ...label, y: 'medianMs', text: () => 'median', fill: ink.sample }),
        Plot.text(last, { ...label, y: 'quantileMs', text: () => `p${percentile}`, fill: ink.value, fontWeight: 600 }),
        ...rulesOf(finding, largest),
      ],
    },
  });
}

function frame({ limit }: Finding, valuesMs: readonly number[]): Plot.PlotOptions {
  const largest = Math.max(limit.value, ...valuesMs);
  const log = largest > 10 * limit.value;
  // The fastest answers of all tell nothing about a limit, and three decades below it are enough.
  const smallest = Math.max(limit.value / 1000, Math.min(limit.value, ...valuesMs));
  return {
    height: 210,
    marginTop: 22,
    marginLeft: 48,
    marginRight: 24,
    marginBottom: 34,
    y: {
      type: log ? 'log' : 'linear',
      domain: [log ? smallest * 0.8 : 0, largest * 1.06],
      label: log ? 'ms (logarithmic)' : 'ms',
      ticks: 5,
      tickFormat: (ms: number) => String(ms),
      grid: true,
      clamp: true,
    },
  };
}

function rulesOf({ limit, alert }: Finding, valuesMs: readonly number[]): readonly Plot.Markish[] {
  const largest = Math.max(limit.value, ...valuesMs);
  return limitRules(limit, alert !== undefined && alert.value <= largest ? nearAlert(alert, largest) : undefined, 'y');
}

/** Two thousand histograms take a second to open, and a load is drawn both in its finding and among the loads. */
const opened = new WeakMap<Distribution, Map<number, readonly Slice[]>>();

function slicesOf(distribution: Distribution, percentile: number): readonly Slice[] {
  const byPercentile = opened.get(distribution) ?? new Map<number, readonly Slice[]>();
  opened.set(distribution, byPercentile);
  const slices = byPercentile.get(percentile) ?? openSlices(distribution, percentile);
  byPercentile.set(percentile, slices);
  return slices;
}

function openSlices({ slices }: Distribution, percentile: number): readonly Slice[] {
  const each = Math.ceil(slices.length / mostPoints);
  return Array.from({ length: Math.ceil(slices.length / Math.max(1, each)) }, (_, index) => {
    const together = slices.slice(index * each, (index + 1) * each);
    const histograms = together.flatMap(({ histogram }) => decoded(histogram) ?? []);
    const [sum, ...others] = histograms;
    for (const other of others) sum?.add(other);
    if (sum === undefined || sum.totalCount === 0) return [];
    return {
      second: together[0]?.second ?? 0,
      medianMs: millisecondsAt(sum, 50),
      quantileMs: millisecondsAt(sum, percentile),
    };
  }).flat();
}

function secondsPerPoint([first, second]: readonly Slice[]): string {
  return formatDuration(((second?.second ?? 1) - (first?.second ?? 0)) * 1000);
}

/** Histograms count microseconds. */
function millisecondsAt(histogram: Histogram, percentile: number): number {
  return histogram.getValueAtPercentile(percentile) / 1000;
}

/** A chart that cannot be drawn must not keep the report, and its verdict, from being read. */
function decoded(base64: string): Histogram | undefined {
  try {
    return decodeFromCompressedBase64(base64);
  } catch {
    return undefined;
  }
}
