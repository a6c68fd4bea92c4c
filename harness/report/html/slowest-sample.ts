/** What happened in the slowest sample: its requests and the tasks that held the page up, on one axis from start to paint. */
import { formatValue } from '../../lib/format.ts';
import type { TimedRequest, TimingSample } from '../../model/evidence.ts';
import { counted, instantText } from '../wording.ts';
import { html, type Markup } from './markup.ts';

const mostRequests = 20;

export function slowestSample(samples: readonly TimingSample[]): Markup {
  const [first, ...others] = samples;
  if (first === undefined) return null;
  const slowest = others.reduce((slower, sample) => (sample.valueMs > slower.valueMs ? sample : slower), first);
  const { valueMs, presentedMs, requests } = slowest;
  const presented = presentedMs === undefined ? '' : `, presented after ${formatValue(presentedMs, 'ms')}`;
  return html`<div class="slowest">
    <h3>Slowest sample: ${formatValue(valueMs, 'ms')}${presented}</h3>
    <p class="quiet">${circumstances(slowest)}</p>
    ${requests.length === 0 && slowest.longTasksAtMs === undefined ? html`<p class="quiet">No request within it.</p>` : waterfall(slowest)}
  </div>`;
}

function circumstances({ group, at, vanished, stolenMs, suspect, longTasksMs, layoutShift }: TimingSample): string {
  const longTasks =
    longTasksMs.length === 0
      ? 'no long task'
      : `${counted(longTasksMs.length, 'long task', 'long tasks')} (${longTasksMs.map((ms) => formatValue(ms, 'ms')).join(', ')})`;
  const details = [
    `${group === undefined ? '' : `${group}, `}${instantText(at)}: ${longTasks}${layoutShift === 0 ? '' : `, layout shift ${layoutShift.toFixed(3)}`}`,
    ...(vanished === undefined ? [] : [`it came and went ${counted(vanished, 'time', 'times')} before`]),
    ...(stolenMs === undefined ? [] : [`the hypervisor took ${formatValue(stolenMs, 'ms')} meanwhile`]),
    ...(suspect === undefined ? [] : [suspect]),
  ];
  return `${details.join('; ')}.`;
}

/** A stretch of the sample, in ms from its start; what lies outside is cut off. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: 'span' | 'waiting' | 'task';
}

function waterfall(sample: TimingSample): Markup {
  const { requests, valueMs, longTasksMs } = sample;
  const more = requests.length - mostRequests;
  return html`<figure>
    <div class="scroll" tabindex="0">
      <table class="requests">
        <thead>
          <tr><th>Request</th><th class="number">Start</th><th class="number">End</th><th class="number">Size</th><th><span class="axis"><span>0</span><span>${formatValue(valueMs, 'ms')}</span></span></th></tr>
        </thead>
        <tbody>
          ${requests.slice(0, mostRequests).map((request) => requestRow(request, valueMs))}
          ${more > 0 ? html`<tr><td colspan="5">And ${String(more)} more.</td></tr>` : null}
          ${longTasksMs.length === 0 ? null : tasksRow(sample)}
        </tbody>
      </table>
    </div>
    <figcaption>${captionOf(sample)}</figcaption>
  </figure>`;
}

function captionOf({ requests, longTasksMs, longTasksAtMs }: TimingSample): string {
  const parts = ['From the start (0) to the paint.'];
  if (requests.length === 0) parts.push('No request lay within it.');
  if (requests.some(({ firstByteMs }) => firstByteMs !== undefined)) {
    parts.push('Pale: waiting for the first byte of the answer.');
  }
  if (longTasksMs.length > 0) {
    parts.push(
      longTasksAtMs === undefined
        ? 'When its long tasks began was not kept, only how long they took: they are not drawn.'
        : 'Long tasks keep the page from answering and painting while they last.',
    );
  }
  return parts.join(' ');
}

function requestRow(request: TimedRequest, totalMs: number): Markup {
  const { method, url, startMs, firstByteMs, endMs, sizeBytes, source } = request;
  const answered = Math.min(endMs, Math.max(startMs, firstByteMs ?? startMs));
  const waiting: readonly Span[] = answered > startMs ? [{ fromMs: startMs, toMs: answered, kind: 'waiting' }] : [];
  const spans: readonly Span[] = [...waiting, { fromMs: answered, toMs: endMs, kind: 'span' }];
  return html`<tr>
    <td><code>${method === undefined ? '' : `${method} `}${url}</code></td>
    <td class="number">${formatValue(startMs, 'ms')}</td>
    <td class="number">${formatValue(endMs, 'ms')}</td>
    <td class="number">${source === undefined || source === 'network' ? formatValue(sizeBytes, 'bytes') : source}</td>
    <td>${drawn(spans, totalMs)}</td>
  </tr>`;
}

function tasksRow({ longTasksMs, longTasksAtMs, valueMs }: TimingSample): Markup {
  const spans = (longTasksAtMs ?? []).map(
    (fromMs, index): Span => ({ fromMs, toMs: fromMs + (longTasksMs[index] ?? 0), kind: 'task' }),
  );
  const ends = spans.length === 0 ? [] : [spans[0]?.fromMs ?? 0, Math.max(...spans.map(({ toMs }) => toMs))];
  const [from, to] = ends.map((ms) => formatValue(ms, 'ms'));
  return html`<tr class="tasks">
    <td>${counted(longTasksMs.length, 'long task', 'long tasks')} of the page's main thread</td>
    <td class="number">${from ?? '–'}</td>
    <td class="number">${to ?? '–'}</td>
    <td class="number">–</td>
    <td>${spans.length === 0 ? 'not known when' : drawn(spans, valueMs)}</td>
  </tr>`;
}

function drawn(spans: readonly Span[], totalMs: number): Markup {
  const share = (ms: number) => Math.round((1000 * Math.min(Math.max(ms, 0), totalMs)) / Math.max(totalMs, 1)) / 10;
  return html`<svg class="waterfall" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="8" />
    ${spans.map(({ fromMs, toMs, kind }) => {
      const from = share(fromMs);
      return html`<rect class=${kind} x=${String(from)} width=${String(Math.max(0.8, share(toMs) - from))} height="8" />`;
    })}
  </svg>`;
}
