/** A load's latencies: the percentile curve, and how they went over time. */
import * as Plot from '@observablehq/plot';
import type { Histogram } from 'hdr-histogram-js';
import { formatDuration } from '../../lib/format.ts';
import type { Distribution } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { figure, ink, limitRules, nearAlert } from './chart.ts';
import { millisecondsAt, sumOf } from './histograms.ts';
import { mostPoints, type Slice, slicesOf } from './latency-slices.ts';
import { html, type Markup } from './markup.ts';

export interface BaselineDistribution {
  readonly name: string;
  /** One of each run; none where only its value is known. */
  readonly histograms: readonly string[];
  /** The judged percentile of it, where the run was held against that. */
  readonly valueMs?: number;
  /** What limit and interval are, where they are not the finding's own. */
  readonly note?: string;
}

export function distributionCharts(
  finding: Finding,
  distribution: Distribution,
  baseline: BaselineDistribution | null = null,
): Markup {
  const total = sumOf([distribution.histogram]);
  if (total === undefined) return html`<p class="quiet">Its histogram cannot be drawn.</p>`;
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
  const accepted = sumOf(baseline?.histograms ?? []);
  const before = accepted === undefined ? [] : curveOf(accepted, nines);
  const valuesMs = [...curve, ...before].map((point) => point.ms);
  const { observed } = finding;
  const percentile = Number(/^p(\d+(?:\.\d+)?)$/.exec(observed?.statistic ?? '')?.[1] ?? Number.NaN);
  const x = -Math.log10(1 - percentile / 100);
  const [low, high] = observed?.interval ?? [];
  const judged = observed === undefined || !Number.isFinite(x) ? [] : [{ x, ms: observed.value }];
  const beforeMs = Number.isFinite(x) ? baseline?.valueMs : undefined;
  return figure({
    label: `Latency by percentile: ${finding.title}`,
    caption: [
      'Latency by percentile.',
      baseline?.note ?? 'The dot is the judged value with its interval.',
      ...(before.length === 0 ? [] : [`Dashed: the baseline, ${baseline?.name ?? ''}.`]),
      ...(beforeMs === undefined
        ? []
        : [`The ring is the baseline's value${before.length === 0 ? ', all that is known of it' : ''}.`]),
    ].join(' '),
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
        Plot.dot(beforeMs === undefined ? [] : [{ x, ms: beforeMs }], {
          x: 'x',
          y: 'ms',
          r: 4.5,
          stroke: ink.value,
          strokeWidth: 1.5,
        }),
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

function secondsPerPoint([first, second]: readonly Slice[]): string {
  return formatDuration(((second?.second ?? 1) - (first?.second ?? 0)) * 1000);
}
