/** What all charts of the report have in common: drawn on the server, coloured by the page's own light and dark. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatLimit } from '../../lib/format.ts';
import type { Limit } from '../../model/criterion.ts';
import { oneLine } from '../plain-text.ts';
import { html, type Markup } from './markup.ts';

export interface Chart {
  /** For those who cannot see it. */
  readonly label: string;
  readonly caption: string;
  readonly options: Plot.PlotOptions;
}

/** Colours are the page's, so that one drawing serves light, dark and print. */
export const ink = {
  sample: 'var(--chart-sample)',
  value: 'var(--chart-value)',
  band: 'var(--chart-band)',
  limit: 'var(--chart-limit)',
  alert: 'var(--chart-alert)',
} as const;

const chartWidth = 660;

/** A figure that can be scrolled on a narrow screen. */
export function figure({ label, caption, options }: Chart): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({ document, width: chartWidth, className: 'plot', ...options });
  // Plot's own style element would need an exception from the content security policy.
  for (const style of svg.querySelectorAll('style')) style.remove();
  // To those who cannot see it the drawing is one image with one name; names of its parts are not allowed in it.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  roundCoordinates(svg);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', oneLine(label, 200));
  return html`<figure>
    <div class="chart" tabindex="0" dangerouslySetInnerHTML=${{ __html: svg.outerHTML }}></div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}

/** The limit, and the alert threshold where it is near enough not to squeeze the rest, as lines across `axis`. */
export function limitRules(limit: Limit, alert: Limit | undefined, axis: 'x' | 'y'): readonly Plot.Markish[] {
  const rules = [limitRule(limit, axis, { colour: ink.limit, word: 'limit' })];
  return alert === undefined ? rules : [...rules, alertRule(alert, axis)];
}

export function alertRule(alert: Limit, axis: 'x' | 'y'): Plot.Markish {
  return limitRule(alert, axis, { colour: ink.alert, word: 'alert' });
}

/** An alert threshold beyond this many times the limit and the data would only squeeze them. */
export function nearAlert(alert: Limit | undefined, largest: number): Limit | undefined {
  return alert !== undefined && alert.value <= 2 * largest ? alert : undefined;
}

function limitRule(limit: Limit, axis: 'x' | 'y', { colour, word }: { colour: string; word: string }): Plot.Markish {
  const value = limit.unit === 'ratio' ? limit.value * 100 : limit.value;
  const line = { stroke: colour, strokeWidth: 1.5, strokeDasharray: '5 3' };
  // The outline in the page's colour keeps the words readable where they cross a line.
  const label = {
    text: () => `${word} ${formatLimit(limit)}`,
    fill: colour,
    fontWeight: 600,
    stroke: 'var(--card)',
    strokeWidth: 4,
  };
  return axis === 'x'
    ? [Plot.ruleX([value], line), Plot.text([value], { ...label, x: Number, frameAnchor: 'top', dy: -15 })]
    : [
        Plot.ruleY([value], line),
        // Limit and alert may lie near each other: their words stand at either end.
        Plot.text(
          [value],
          word === 'alert'
            ? { ...label, y: Number, frameAnchor: 'right', textAnchor: 'end', dx: -4, dy: -8 }
            : { ...label, y: Number, frameAnchor: 'left', textAnchor: 'start', dx: 4, dy: -8 },
        ),
      ];
}

const coordinates = ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height', 'points'];

/** A tenth of a pixel is finer than anyone sees; the rest is file size. */
function roundCoordinates(svg: Element): void {
  for (const element of svg.querySelectorAll('*')) {
    for (const name of coordinates) {
      const value = element.getAttribute(name);
      if (value?.includes('.')) {
        element.setAttribute(
          name,
          value.replace(/-?\d+\.\d+(?![\d.]*em)/g, (number) => String(Math.round(Number(number) * 10) / 10)),
        );
      }
    }
  }
}
