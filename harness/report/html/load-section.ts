/** Each load on a line of time: latency, arrivals as intended and as achieved with what failed, and hits. */
import * as Plot from '@observablehq/plot';
import { z } from 'zod';
import { formatValue } from '../../lib/format.ts';
import type { Limit } from '../../model/criterion.ts';
import type { CollectedEvidence, Distribution, Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { asSentence, counted } from '../wording.ts';
import { figure, ink, limitRules } from './chart.ts';
import { distributionCharts } from './distribution-charts.ts';
import { findingHref, html, type Markup } from './markup.ts';

/** What a load wrote down second by second; of runs before it was written down, nothing. */
const loadFacts = z.object({
  rate: z.object({ intended: z.number().nullable(), achieved: z.number() }),
  seconds: z.array(
    z.object({
      second: z.number(),
      requests: z.number(),
      failed: z.number(),
      timeouts: z.number(),
      repeats: z.number(),
      hits: z.number(),
    }),
  ),
});

type LoadFacts = z.output<typeof loadFacts>;
type Second = LoadFacts['seconds'][number];

/** Points or bars in one chart; a longer load is summed up in slices of several seconds. */
const mostBars = 100;

export function loadSection(evidence: readonly Evidence[], findings: readonly Finding[]): Markup {
  const loads = evidence.flatMap((one) => {
    const distribution = one.status === 'collected' ? one.measurements.find(isDistribution) : undefined;
    return one.status === 'collected' && distribution !== undefined && one.probe.startsWith('load')
      ? [loadPart(one, distribution, findings)]
      : [];
  });
  if (loads.length === 0) return null;
  return html`<section aria-labelledby="loads">
    <h2 id="loads">Load</h2>
    ${loads}
  </section>`;
}

function isDistribution(measurement: CollectedEvidence['measurements'][number]): measurement is Distribution {
  return measurement.kind === 'distribution';
}

function loadPart(load: CollectedEvidence, distribution: Distribution, findings: readonly Finding[]): Markup {
  const slis = new Set(load.measurements.map(({ sli }) => sli));
  const judged = findings.filter(({ sli }) => slis.has(sli));
  const latency = judged.find(
    ({ sli, observed }) => sli === distribution.sli && /^p\d/.test(observed?.statistic ?? ''),
  );
  const hits = judged.find(({ sli, limit }) => sli.endsWith('hit-rate') && limit.unit === 'ratio');
  const facts = loadFacts.safeParse(load.facts).data;
  return html`<div class="load" id=${load.probe}>
    <h3>${load.probe}</h3>
    <p class="quiet">${asSentence(distribution.how)} ${judged.map(
      ({ criterion }, index) =>
        html`<span>${index === 0 ? 'Judged by ' : ', '}<a href=${findingHref(criterion)}><code>${criterion}</code></a></span>`,
    )}</p>
    <div class="chart-grid">
      ${latency === undefined ? null : distributionCharts(latency, distribution)}
      ${facts === undefined ? null : arrivalsChart(facts)}
      ${facts === undefined || hits === undefined ? null : hitsChart(facts.seconds, hits.limit)}
    </div>
  </div>`;
}

interface Bar extends Second {
  /** How many seconds it stands for. */
  readonly lasts: number;
}

function barsOf(seconds: readonly Second[]): readonly Bar[] {
  const last = seconds.at(-1)?.second ?? 0;
  const lasts = Math.max(1, Math.ceil((last + 1) / mostBars));
  const bySlice = Map.groupBy(seconds, ({ second }) => Math.floor(second / lasts));
  const sum = (parts: readonly Second[], of: (part: Second) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  // A second without any request is a gap that must be seen, not one that is left out.
  return Array.from({ length: Math.ceil((last + 1) / lasts) }, (_, slice) => {
    const parts = bySlice.get(slice) ?? [];
    return {
      second: slice * lasts,
      lasts,
      requests: sum(parts, (part) => part.requests),
      failed: sum(parts, (part) => part.failed),
      timeouts: sum(parts, (part) => part.timeouts),
      repeats: sum(parts, (part) => part.repeats),
      hits: sum(parts, (part) => part.hits),
    };
  });
}

function arrivalsChart({ rate, seconds }: LoadFacts): Markup {
  const bars = barsOf(seconds);
  const total = (of: (bar: Bar) => number): number => bars.reduce((sum, bar) => sum + of(bar), 0);
  const [errors, timeouts] = [total((bar) => bar.failed - bar.timeouts), total((bar) => bar.timeouts)];
  const ends = (bar: Bar) => ({ x1: bar.second, x2: bar.second + bar.lasts });
  const stacked = bars.map((bar) => ({
    ...ends(bar),
    good: (bar.requests - bar.failed) / bar.lasts,
    withErrors: (bar.requests - bar.timeouts) / bar.lasts,
    all: bar.requests / bar.lasts,
  }));
  const largest = Math.max(rate.intended ?? 0, ...stacked.map(({ all }) => all));
  const rect = { x1: 'x1', x2: 'x2', insetLeft: 0.5, insetRight: 0.5 } as const;
  const intended =
    rate.intended === null
      ? []
      : [
          Plot.ruleY([rate.intended], { stroke: ink.value, strokeWidth: 1.5, strokeDasharray: '2 3' }),
          Plot.text([rate.intended], {
            text: () => `intended ${rate.intended ?? 0}/s`,
            y: Number,
            frameAnchor: 'left',
            textAnchor: 'start',
            dx: 4,
            dy: -8,
            fill: ink.value,
            stroke: 'var(--card)',
            strokeWidth: 4,
          }),
        ];
  return figure({
    label: 'Arrivals over time: intended, achieved, errors and time-outs',
    caption: `Arrivals by when they began, ${rate.achieved.toFixed(1)}/s on average: light answered well, dark ${counted(errors, 'error', 'errors')}, hollow ${counted(timeouts, 'time-out', 'time-outs')}.`,
    options: {
      ...frame,
      x: { label: 's', nice: false },
      y: { domain: [0, largest * 1.15], label: 'requests/s', ticks: 5, grid: true },
      marks: [
        Plot.rect(stacked, { ...rect, y1: 0, y2: 'good', fill: ink.band }),
        Plot.rect(
          stacked.filter((bar) => bar.withErrors > bar.good),
          { ...rect, y1: 'good', y2: 'withErrors', fill: ink.limit },
        ),
        Plot.rect(
          stacked.filter((bar) => bar.all > bar.withErrors),
          { ...rect, y1: 'withErrors', y2: 'all', fill: 'none', stroke: ink.limit, strokeWidth: 1.5 },
        ),
        ...intended,
      ],
    },
  });
}

function hitsChart(seconds: readonly Second[], limit: Limit): Markup {
  const bars = barsOf(seconds).filter(({ repeats }) => repeats > 0);
  const points = bars.map(({ second, lasts, hits, repeats }) => ({
    second: second + lasts / 2,
    percent: (100 * hits) / repeats,
  }));
  const [hits, repeats] = [
    bars.reduce((sum, bar) => sum + bar.hits, 0),
    bars.reduce((sum, bar) => sum + bar.repeats, 0),
  ];
  const last = bars.at(-1);
  if (repeats === 0 || last === undefined) return null;
  return figure({
    label: 'Cache hits over time, with the limit',
    caption: `Hits among repeated requests: ${hits} hits, ${repeats - hits} misses (${formatValue(hits / repeats, 'ratio')}).`,
    options: {
      ...frame,
      x: { domain: [0, last.second + last.lasts], label: 's', nice: false },
      y: { domain: [0, 105], label: '% hits', ticks: [0, 25, 50, 75, 100], grid: true },
      marks: [
        Plot.line(points, { x: 'second', y: 'percent', stroke: ink.sample, strokeWidth: 2 }),
        Plot.dot(points, { x: 'second', y: 'percent', r: 2, fill: ink.sample }),
        ...limitRules(limit, undefined, 'y'),
      ],
    },
  });
}

const frame = { height: 210, marginTop: 22, marginLeft: 48, marginRight: 24, marginBottom: 34 } as const;
