/** What a change was made of: its interval, and the times themselves beside the baseline's, with the edge that is allowed. */

import type { Measurement } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { type Baseline, distributionOf, timingsOf } from './accepted-samples.ts';
import { type Edge, edgeOf } from './change-edge.ts';
import { distributionCharts } from './distribution-charts.ts';
import { intervalChart } from './interval-chart.ts';
import { html, type Markup } from './markup.ts';
import { slowestSample } from './slowest-sample.ts';
import { timingsChart } from './timings-chart.ts';

/** The change against its limit, and the times themselves against the edge that the limit makes of the baseline. */
export function changeDetails(finding: Finding, measurement: Measurement, baseline: Baseline | null): Markup {
  const edge = edgeOf(finding);
  return html`<div>
    ${intervalChart(finding)}
    ${edge === null ? html`<p class="quiet">What the baseline itself took is not in this report, so that the times are not drawn beside it: judge the run again for that.</p>` : timesBeside(edge, measurement, baseline)}
    ${measurement.kind === 'timings' ? slowestSample(measurement.samples) : null}
  </div>`;
}

function timesBeside({ finding, beforeMs, note }: Edge, measurement: Measurement, baseline: Baseline | null): Markup {
  const name = `known by its ${finding.observed.statistic} alone`;
  if (measurement.kind === 'timings') {
    const before = timingsOf(baseline) ?? { name, samples: [] };
    return timingsChart(finding, measurement, { ...before, valueMs: beforeMs, note });
  }
  if (measurement.kind === 'distribution') {
    const before = distributionOf(baseline) ?? { name, histograms: [] };
    return distributionCharts(finding, measurement, { ...before, valueMs: beforeMs, note });
  }
  return null;
}
