/** A course as an SVG file that stands alone: its colours are its own, on a ground of its own. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatLimit } from '../../../../lib/format.ts';
import type { Finding } from '../../../../model/finding.ts';
import { oneLine } from '../../../../report/plain-text.ts';
import type { Course } from './time-series.ts';

/** In the unit that people read: of a ratio per cent. */
export function courseChart(
  { title, limit, called = 'limit' }: Pick<Finding, 'title' | 'limit'> & { readonly called?: 'limit' | 'alert' },
  { unit, each, points }: Course,
): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const scale = unit === 'ratio' ? 100 : 1;
  const dots = points.map(({ atS, value }) => ({ atS, value: value * scale }));
  const limitValue = limit.value * scale;
  const svg = Plot.plot({
    document,
    width: 720,
    height: 260,
    marginLeft: 56,
    marginTop: 30,
    style: { background: '#ffffff', color: '#333333', fontFamily: 'system-ui, sans-serif' },
    x: { label: 'seconds →', domain: [0, Math.max(1, ...dots.map(({ atS }) => atS))] },
    y: { label: `↑ ${unit === 'ratio' ? '%' : unit}, ${oneLine(each, 60)}`, zero: true, grid: true },
    marks: [
      Plot.line(dots, { x: 'atS', y: 'value', stroke: '#9aa7b5', strokeWidth: 1 }),
      Plot.dot(dots, { x: 'atS', y: 'value', fill: '#3b6ea5', r: 2.6 }),
      Plot.ruleY([limitValue], { stroke: '#c62828', strokeWidth: 1.5, strokeDasharray: '5 3' }),
      Plot.text([limitValue], {
        y: Number,
        text: () => `${called} ${formatLimit(limit)}`,
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: 4,
        dy: -8,
        fill: '#c62828',
        stroke: '#ffffff',
        strokeWidth: 4,
      }),
    ],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${oneLine(title, 200)} over time, with the ${called}`);
  return `${svg.outerHTML}\n`;
}
