/** What was measured, in the form that suits its kind: picture, numbers or list. */
import { formatValue } from '../../lib/format.ts';
import type { Check, Checks, Loss, Measurement, Occurrences } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import { counted, isOfChange } from '../wording.ts';
import { type Baseline, distributionOf, timingsOf } from './accepted-samples.ts';
import { changeDetails } from './change-details.ts';
import { distributionCharts } from './distribution-charts.ts';
import { growthTable } from './growth-table.ts';
import { intervalChart } from './interval-chart.ts';
import { html, type Markup, outcomeBadge } from './markup.ts';
import { slowestSample } from './slowest-sample.ts';
import { timingsChart } from './timings-chart.ts';

/** Longer lists are in the evidence file. */
const mostListed = 50;

export function measurementDetails(
  finding: Finding,
  measurement: Measurement,
  baseline: Baseline | null = null,
): Markup {
  if (isOfChange(finding)) return changeDetails(finding, measurement, baseline);
  switch (measurement.kind) {
    case 'timings':
      return html`<div>
        ${timingsChart(finding, measurement, timingsOf(baseline))} ${lossList(measurement.losses)} ${slowestSample(measurement.samples)}
      </div>`;
    case 'distribution':
      return html`<div>
        ${distributionCharts(finding, measurement, distributionOf(baseline))}
        <p class="counts">
          ${`${counted(measurement.count, 'answer', 'answers')}, of these ${counted(measurement.timeouts, 'time-out', 'time-outs')} counted at the time they waited.`}
        </p>
      </div>`;
    case 'ratio': {
      const { numerator, denominator, of, unclear } = measurement;
      const ends = unclear === undefined ? [numerator] : [numerator, unclear.atMost];
      const shares = ends.map((end) => formatValue(end / denominator, 'ratio')).join(' to ');
      const share = denominator === 0 ? '' : ` (${shares})`;
      return html`<div>
        ${intervalChart(finding)}
        <p class="counts"><b>${ends.join(' to ')}</b> ${of.numerator} of <b>${String(denominator)}</b> ${of.denominator}${share}</p>
      </div>`;
    }
    case 'occurrences':
      return occurrenceList(measurement);
    case 'checks':
      return checkTable(measurement);
    case 'growth':
      return growthTable(measurement);
  }
}

function occurrenceList({ count, exposures, exposedTo, seen }: Occurrences): Markup {
  const more = count - Math.min(seen.length, mostListed);
  return html`<div>
    <p class="counts"><b>${String(count)}</b> in <b>${String(exposures)}</b> ${exposedTo}</p>
    <ul class="seen">${seen.slice(0, mostListed).map((text) => html`<li><code>${text}</code></li>`)}</ul>
    ${seen.length > 0 && more > 0 ? html`<p class="quiet">And ${String(more)} more.</p>` : null}
  </div>`;
}

function checkTable({ checks }: Checks): Markup {
  const failedFirst = checks.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  const more = checks.length - mostListed;
  return html`<div class="scroll" tabindex="0">
    <table class="checks">
      <thead><tr><th>Outcome</th><th>Check</th><th>Expected</th><th>Actual</th></tr></thead>
      <tbody>${failedFirst.slice(0, mostListed).map(checkRow)}</tbody>
    </table>
    ${more > 0 ? html`<p class="quiet">And ${String(more)} more.</p>` : null}
  </div>`;
}

function checkRow({ ok, name, expected, actual }: Check): Markup {
  return html`<tr>
    <td>${outcomeBadge(ok ? 'pass' : 'fail')}</td>
    <td>${name}</td>
    <td><code>${expected}</code></td>
    <td><code>${actual}</code></td>
  </tr>`;
}

function lossList(losses: readonly Loss[]): Markup {
  if (losses.length === 0) return null;
  const more = losses.length - mostListed;
  return html`<div>
    <p class="counts">${counted(losses.length, 'attempt', 'attempts')} gave no sample:</p>
    <ul class="seen">
      ${losses
        .slice(0, mostListed)
        .map(
          ({ reason, waitedMs, message, group }) =>
            html`<li><code>${reason}</code> after ${formatValue(waitedMs, 'ms')}${group === undefined ? '' : ` (${group})`}: ${message}</li>`,
        )}
    </ul>
    ${more > 0 ? html`<p class="quiet">And ${String(more)} more.</p>` : null}
  </div>`;
}
