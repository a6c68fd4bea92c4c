/** One observed value with its interval, against its limit. */
import * as Plot from '@observablehq/plot';
import type { Finding } from '../../model/finding.ts';
import { intervalText, isOfChange, observedText } from '../wording.ts';
import { figure, ink, limitRules, nearAlert } from './chart.ts';
import type { Markup } from './markup.ts';

export function intervalChart(finding: Finding): Markup {
  const { observed, limit, alert, title } = finding;
  if (observed?.interval === undefined || observed.unit !== limit.unit) return null;
  const scale = observed.unit === 'ratio' ? 100 : 1;
  const [low, high] = observed.interval;
  const largest = Math.max(limit.value, observed.value, high ?? 0);
  const near = nearAlert(alert, largest);
  const top = Math.max(largest, near?.value ?? 0) * 1.1;
  // A share has an end, and growth has none.
  const domainEnd = observed.unit === 'ratio' && !isOfChange(finding) ? Math.min(1, top) : top;
  const from = Math.min(0, observed.value, low ?? 0);
  const ends = { x1: (low ?? from) * scale, x2: (high ?? domainEnd) * scale };
  return figure({
    label: `${title}: ${observedText(finding)}, interval ${intervalText(observed)}, with the limit`,
    caption: 'The dot is the observed value, the band its interval.',
    options: {
      height: 86,
      marginTop: 28,
      marginBottom: 34,
      marginLeft: 14,
      marginRight: 24,
      x: {
        domain: [from * scale, domainEnd * scale],
        label: observed.unit === 'ratio' ? '%' : observed.unit,
        grid: true,
      },
      y: { domain: [-1, 1], axis: null },
      marks: [
        Plot.rect([0], { ...ends, y1: -0.55, y2: 0.55, fill: ink.band, rx: 2 }),
        Plot.dot([0], { x: observed.value * scale, y: 0, r: 4.5, fill: ink.value }),
        ...limitRules(limit, near, 'x'),
      ],
    },
  });
}
