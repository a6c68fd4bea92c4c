/** A criterion's values over time: a line for each series, its limit and baseline, and where its level changed. */
import * as Plot from '@observablehq/plot';
import { formatInterval, formatLimit, formatValue } from '../../../lib/format.ts';
import { figure, ink, limitRules } from '../../../report/html/chart.ts';
import type { Markup } from '../../../report/html/markup.ts';
import { oneLine } from '../../../report/plain-text.ts';
import { counted, outcomeWords } from '../../../report/wording.ts';
import type { Change, CriterionHistory, Series, TrendPoint } from '../model.ts';
import { currentSeries, shortChangeText } from './history-wording.ts';

/** A limit that would take more than this share of the picture's height is only named. */
const farthestLimit = 3;

interface Drawn {
  readonly at: Date;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly outcome: TrendPoint['outcome'];
  readonly title: string;
}

interface Level {
  readonly from: Date;
  readonly to: Date;
  readonly y: number;
}

/** Nothing where no run has a value. */
export function trendChart(history: CriterionHistory): Markup {
  const current = currentSeries(history);
  if (current === undefined) return null;
  // Series of another unit would need an axis of their own.
  const shown = history.series.filter(({ unit }) => unit === current.unit);
  const scale = current.unit === 'ratio' ? 100 : 1;
  const drawn = shown.map((series) => series.points.map((point) => drawnPoint(point, series)));
  const all = drawn.flat();
  const values = [...all.flatMap(({ low, high }) => [low, high]), ...levelsOf(shown).map(({ y }) => y)];
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const limit = history.limit.unit === current.unit ? history.limit : undefined;
  const isNear =
    limit !== undefined && Math.abs(limit.value * scale) <= farthestLimit * Math.max(Math.abs(highest), 1e-9);
  const ends = isNear ? [lowest, highest, limit.value * scale] : [lowest, highest];
  const domain = withRoom(Math.min(...ends), Math.max(...ends));
  return figure({
    label: `${history.criterion}: ${counted(all.length, 'run', 'runs')}, with the limit and the changes`,
    caption: captionOf(history, { isNear, current }),
    options: {
      height: 230,
      marginTop: 30,
      marginBottom: 34,
      marginLeft: 58,
      marginRight: 24,
      x: { type: 'utc', label: 'started, UTC', domain: timeDomain(all) },
      y: { domain, label: current.unit === 'ratio' ? '%' : current.unit, grid: true },
      marks: [
        ...shown.flatMap(({ changes }) => (changes ?? []).flatMap((change) => driftBand(change, domain))),
        Plot.link(
          all.filter(({ low, high }) => low !== high),
          { x: 'at', y1: 'low', y2: 'high', stroke: ink.band, strokeWidth: 3 },
        ),
        ...drawn.map((points) => Plot.line(points, { x: 'at', y: 'y', stroke: ink.sample, strokeWidth: 1.2 })),
        Plot.link(levelsOf(shown), { x1: 'from', x2: 'to', y: 'y', stroke: ink.value, strokeWidth: 2 }),
        ...dots(all),
        ...(isNear ? limitRules(limit, undefined, 'y') : []),
        ...baselineMark(current, scale),
        ...shown.slice(1).flatMap(breakMark),
        ...shown.flatMap((series) => (series.changes ?? []).flatMap((change) => changeMark(change, series))),
      ],
    },
  });
}

function drawnPoint({ startedAt, value, lower, upper, outcome, run, release }: TrendPoint, { unit }: Series): Drawn {
  const scale = unit === 'ratio' ? 100 : 1;
  const interval = lower === null && upper === null ? '' : ` ${formatInterval([lower, upper], unit)}`;
  return {
    at: new Date(startedAt),
    y: value * scale,
    low: (lower ?? value) * scale,
    high: (upper ?? value) * scale,
    outcome,
    title: oneLine(`${run}, release ${release}: ${formatValue(value, unit)}${interval}, ${outcomeWords[outcome]}`, 300),
  };
}

/** Passes are full, failures crosses, what could not be decided hollow: nothing depends on colour. */
function dots(all: readonly Drawn[]): readonly Plot.Markish[] {
  const of = (outcome: Drawn['outcome']): Drawn[] => all.filter((one) => one.outcome === outcome);
  const at = { x: 'at', y: 'y', title: 'title' } as const;
  return [
    Plot.dot(of('pass'), { ...at, r: 2.8, fill: ink.sample }),
    Plot.dot(of('inconclusive'), { ...at, r: 3, stroke: ink.sample, fill: 'var(--card)', strokeWidth: 1.4 }),
    Plot.dot(of('fail'), { ...at, r: 4, symbol: 'times', stroke: ink.limit, strokeWidth: 2 }),
  ];
}

/** The level on each side of each step, as far as the next one. */
function levelsOf(shown: readonly Series[]): Level[] {
  return shown.flatMap(({ changes, points, unit }) => {
    const scale = unit === 'ratio' ? 100 : 1;
    const [start, end] = [points[0], points.at(-1)];
    if (changes === null || start === undefined || end === undefined) return [];
    return changes.flatMap((change, index) => {
      const from = changes[index - 1];
      const left = from === undefined ? start : endOf(from);
      const before = { from: new Date(left.startedAt), to: new Date(change.first.startedAt), y: change.before * scale };
      if (index < changes.length - 1) return [before];
      const after = { from: new Date(endOf(change).startedAt), to: new Date(end.startedAt), y: change.after * scale };
      return [before, after];
    });
  });
}

function endOf(change: Change): TrendPoint {
  return change.kind === 'step' ? change.first : change.last;
}

function driftBand(change: Change, [y1, y2]: readonly [number, number]): readonly Plot.Markish[] {
  if (change.kind === 'step') return [];
  const ends = { x1: new Date(change.first.startedAt), x2: new Date(change.last.startedAt), y1, y2 };
  return [Plot.rect([0], { ...ends, fill: ink.band, fillOpacity: 0.35 })];
}

function changeMark(change: Change, series: Series): readonly Plot.Markish[] {
  const at = new Date(change.first.startedAt);
  const colour = change.direction === 'worse' ? ink.limit : ink.sample;
  const words = `${change.kind === 'drift' ? 'drift, ' : ''}${shortChangeText(change, series)}`;
  return [
    ...(change.kind === 'step' ? [Plot.ruleX([at], { stroke: colour, strokeWidth: 1.2 })] : []),
    Plot.text([at], { ...label(colour), x: (value: Date) => value, text: () => words, frameAnchor: 'top', dy: -10 }),
  ];
}

function breakMark({ points: [first] }: Series): readonly Plot.Markish[] {
  if (first === undefined) return [];
  const at = new Date(first.startedAt);
  return [
    Plot.ruleX([at], { stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
    Plot.text([at], {
      ...label('var(--quiet)'),
      x: (value: Date) => value,
      text: () => 'new series',
      frameAnchor: 'bottom',
      textAnchor: 'end',
      dx: -4,
      dy: -6,
    }),
  ];
}

function baselineMark({ baseline, unit }: Series, scale: number): readonly Plot.Markish[] {
  if (baseline === null) return [];
  const y = baseline.value * scale;
  return [
    Plot.ruleY([y], { stroke: ink.alert, strokeDasharray: '1 4', strokeWidth: 1.5 }),
    Plot.text([y], {
      ...label(ink.alert),
      y: Number,
      text: () => `baseline ${formatValue(baseline.value, unit)}`,
      frameAnchor: 'right',
      textAnchor: 'end',
      dx: -4,
      dy: -8,
    }),
  ];
}

/** The outline in the page's colour keeps the words readable where they cross a line. */
function label(colour: string) {
  return { fill: colour, fontWeight: 600, stroke: 'var(--card)', strokeWidth: 4 } as const;
}

/** A single run, or equal values, must not fill nothing. */
function withRoom(lowest: number, highest: number): [number, number] {
  const room = Math.max((highest - lowest) * 0.08, Math.abs(highest) * 0.02, 1e-9);
  return [lowest >= 0 ? Math.max(0, lowest - room) : lowest - room, highest + room];
}

const dayMs = 86_400_000;

function timeDomain(all: readonly Drawn[]): [Date, Date] {
  const times = all.map(({ at }) => at.getTime());
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((to - from) * 0.02, from === to ? dayMs / 2 : 0);
  return [new Date(from - room), new Date(to + room)];
}

function captionOf(
  { limit, series }: CriterionHistory,
  { isNear, current }: { readonly isNear: boolean; readonly current: Series },
): string {
  const points = series.flatMap((one) => one.points);
  const parts = [
    `Each dot is a run's ${current.statistic}; hold the pointer on it for the run.`,
    points.some(({ lower, upper }) => lower !== null || upper !== null) ? 'The bar is its interval.' : '',
    points.some(({ outcome }) => outcome === 'fail') ? 'Crosses failed.' : '',
    points.some(({ outcome }) => outcome === 'inconclusive') ? 'Hollow ones could not be decided.' : '',
    isNear ? '' : `The limit, ${formatLimit(limit)}, is too far off to be drawn.`,
    series.some(({ unit }) => unit !== current.unit) ? 'Earlier series have another unit and are not drawn.' : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
