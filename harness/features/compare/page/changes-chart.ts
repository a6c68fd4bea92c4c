/** All changes side by side: each with its interval, as a share of what was before, over the band of what is negligible. */
import * as Plot from '@observablehq/plot';
import { type ComparedCriterion, type ComparedPart, directionOf } from '../../../model/comparison.ts';
import { figure, ink } from '../../../report/html/chart.ts';
import type { Markup } from '../../../report/html/markup.ts';

interface Drawn {
  readonly name: string;
  readonly change: number;
  readonly low: number;
  readonly high: number;
  readonly negligible: number;
  readonly isWorse: boolean;
}

/** Null where no change has an interval. */
export function changesChart(criteria: readonly ComparedCriterion[]): Markup {
  const drawn = criteria.flatMap((one) =>
    one.parts.length === 0
      ? drawnOf(one.criterion, one)
      : one.parts.flatMap((part) => drawnOf(`${one.criterion}: ${part.label}`, part)),
  );
  if (drawn.length === 0) return null;
  const widest = Math.max(
    ...drawn.flatMap(({ low, high, negligible }) =>
      [Math.abs(low), Math.abs(high), negligible].filter(Number.isFinite),
    ),
  );
  const end = Math.min(100, widest * 1.1);
  const inside = (value: number) => Math.max(-end, Math.min(end, value));
  return figure({
    label: `Changes of ${drawn.length} values with their intervals`,
    caption:
      'The dot is the change, the line its interval, the band what is negligible. Right of the middle is more than before.',
    options: {
      height: 60 + 26 * drawn.length,
      marginLeft: 300,
      marginRight: 20,
      x: { domain: [-end, end], label: '% of before', grid: true },
      y: { domain: drawn.map(({ name }) => name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(drawn, {
          y: 'name',
          x1: (one: Drawn) => inside(-one.negligible),
          x2: (one: Drawn) => inside(one.negligible),
          fill: ink.band,
          fillOpacity: 0.6,
        }),
        Plot.ruleX([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
        Plot.ruleY(drawn, {
          y: 'name',
          x1: (one: Drawn) => inside(one.low),
          x2: (one: Drawn) => inside(one.high),
          strokeWidth: 2,
          stroke: colourOf,
        }),
        Plot.dot(drawn, { y: 'name', x: (one: Drawn) => inside(one.change), r: 4, fill: colourOf }),
      ],
    },
  });
}

function colourOf({ isWorse }: Drawn): string {
  return isWorse ? ink.limit : ink.value;
}

function drawnOf(name: string, part: ComparedPart): Drawn[] {
  const { before, change, negligible } = part;
  if (before === null || change?.interval === undefined || negligible === null || before.value === 0) return [];
  const share = (value: number) => (100 * value) / Math.abs(before.value);
  const [low, high] = change.interval;
  return [
    {
      name,
      change: share(change.value),
      low: low === null ? -Infinity : share(low),
      high: high === null ? Infinity : share(high),
      negligible: share(negligible),
      isWorse: directionOf(part) === 'worse',
    },
  ];
}
