/** What happened in the slowest sample: its requests as a waterfall, and the tasks that held the page up. */
import { formatValue } from '../../format.ts';
import type { TimedRequest, TimingSample } from '../../model.ts';
import { counted, instantText } from '../wording.ts';
import { html, type Markup } from './markup.ts';

const mostRequests = 20;

export function slowestSample(samples: readonly TimingSample[]): Markup {
  const [first, ...others] = samples;
  if (first === undefined) return null;
  const slowest = others.reduce((slower, sample) => (sample.valueMs > slower.valueMs ? sample : slower), first);
  const { valueMs, presentedMs, vanished, group, at, suspect, stolenMs, longTasksMs, layoutShift, requests } = slowest;
  const longTasks =
    longTasksMs.length === 0
      ? 'no long task'
      : `${counted(longTasksMs.length, 'long task', 'long tasks')} (${longTasksMs.map((ms) => formatValue(ms, 'ms')).join(', ')})`;
  const shift = layoutShift === 0 ? '' : `, layout shift ${layoutShift.toFixed(3)}`;
  const presented = presentedMs === undefined ? '' : `, presented after ${formatValue(presentedMs, 'ms')}`;
  const flicker = vanished === undefined ? '' : `; it came and went ${counted(vanished, 'time', 'times')} before`;
  const stolen = stolenMs === undefined ? '' : `; the hypervisor took ${formatValue(stolenMs, 'ms')} meanwhile`;
  return html`<div class="slowest">
    <h3>Slowest sample: ${formatValue(valueMs, 'ms')}${presented}</h3>
    <p class="quiet">
      ${group === undefined ? '' : `${group}, `}${instantText(at)}: ${longTasks}${shift}${flicker}${stolen}${suspect === undefined ? '' : `; ${suspect}`}.
    </p>
    ${requests.length === 0 ? html`<p class="quiet">No request within it.</p>` : waterfall(requests, valueMs)}
  </div>`;
}

function waterfall(requests: readonly TimedRequest[], totalMs: number): Markup {
  const more = requests.length - mostRequests;
  return html`<div class="scroll" tabindex="0">
    <table class="requests">
      <thead>
        <tr><th>Request</th><th class="number">Start</th><th class="number">End</th><th class="number">Size</th><th>In the sample</th></tr>
      </thead>
      <tbody>${requests.slice(0, mostRequests).map((request) => requestRow(request, totalMs))}</tbody>
    </table>
    ${more > 0 ? html`<p class="quiet">And ${String(more)} more.</p>` : null}
  </div>`;
}

function requestRow({ method, url, startMs, endMs, sizeBytes, source }: TimedRequest, totalMs: number): Markup {
  const share = (ms: number) => Math.round((1000 * Math.min(Math.max(ms, 0), totalMs)) / Math.max(totalMs, 1)) / 10;
  const from = share(startMs);
  return html`<tr>
    <td><code>${method === undefined ? '' : `${method} `}${url}</code></td>
    <td class="number">${formatValue(startMs, 'ms')}</td>
    <td class="number">${formatValue(endMs, 'ms')}</td>
    <td class="number">${source === undefined || source === 'network' ? formatValue(sizeBytes, 'bytes') : source}</td>
    <td>
      <svg class="waterfall" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="8" />
        <rect class="span" x=${String(from)} width=${String(Math.max(0.8, share(endMs) - from))} height="8" />
      </svg>
    </td>
  </tr>`;
}
