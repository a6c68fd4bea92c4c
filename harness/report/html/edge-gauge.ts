/** How far an observed value is from its limit, small enough for a line of a table: the limit always stands in one place. */

import type { Limit } from '../../model/criterion.ts';
import type { Finding } from '../../model/finding.ts';
import { isOfChange } from '../wording.ts';
import { html, type Markup } from './markup.ts';

const width = 120;
const middle = 8;

/** The limit's place on the line, and what the line's ends stand for. */
interface Scale {
  readonly limitAt: number;
  readonly allowedBelow: boolean;
  readonly at: (value: number) => number;
}

/**
 * The hatched side is forbidden, the band is the interval, the dot the value; an arrowhead stands for a value beyond the end.
 * Nothing where the limit is zero or of another unit: there is no distance to show. The numbers stand beside it.
 */
export function edgeGauge(finding: Finding): Markup {
  const { observed, limit } = finding;
  if (observed === undefined || observed.unit !== limit.unit || limit.value <= 0) return null;
  const { limitAt, allowedBelow, at } = scaleOf(limit, isOfChange(finding));
  const [low, high] = observed.interval ?? [observed.value, observed.value];
  const [from, to] = [low === null ? 0 : at(low), high === null ? width : at(high)];
  const forbidden = allowedBelow ? { x: limitAt, width: width - limitAt } : { x: 0, width: limitAt };
  const value = at(observed.value);
  return html`<svg class="gauge" viewBox="0 0 120 16" aria-hidden="true">
    <rect class="track" x="0" y="6.5" width=${String(width)} height="3" rx="1.5" />
    <rect class="forbidden" x=${text(forbidden.x)} y="2" width=${text(forbidden.width)} height="12" fill="url(#hatch)" />
    <rect class="band" x=${text(from)} y="4.5" width=${text(Math.max(1, to - from))} height="7" rx="2" />
    <line class="limit-line" x1=${text(limitAt)} x2=${text(limitAt)} y1="0" y2="16" />
    ${marker(value, observed.value, { limit, at })}
  </svg>`;
}

/** The stripes of all gauges, drawn once. */
export const gaugePatterns = html`<svg class="icon-sheet" aria-hidden="true">
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="stripe" width="2" height="5" />
  </pattern>
</svg>`;

function scaleOf({ op, value, unit }: Limit, isChange: boolean): Scale {
  const allowedBelow = op === '<' || op === '<=';
  // A share that must be large ends at 100 %; everything else may go on.
  const end = allowedBelow ? value * 1.5 : unit === 'ratio' && !isChange ? 1 : value * 2;
  const at = (position: number): number => Math.min(width, Math.max(0, (position / end) * width));
  return { limitAt: at(value), allowedBelow, at };
}

function marker(x: number, value: number, { limit, at }: { readonly limit: Limit; readonly at: Scale['at'] }): Markup {
  const beyond = x >= width && value > limit.value && at(limit.value) < width;
  return beyond
    ? html`<path class="value" d=${`M${width - 9} ${middle - 5}L${width} ${middle}L${width - 9} ${middle + 5}Z`} />`
    : html`<circle class="value" cx=${text(Math.min(width - 4, Math.max(4, x)))} cy=${String(middle)} r="4" />`;
}

function text(length: number): string {
  return String(Math.round(length * 10) / 10);
}
