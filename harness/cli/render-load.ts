/** The result of one load for a terminal, in 80 columns. */
import { formatValue } from '../lib/format.ts';
import { wrap } from '../report/terminal-text.ts';
import type { Percentiles } from '../sources/load/load-recorder.ts';
import type { LoadSummary } from '../sources/load/load-summary.ts';

const columns = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max'] as const;
const width = 80;
const labelWidth = 12;
const numberWidth = 9;

/** Lines joined by line feeds, ending in one. Only the address may run past the width. */
export function renderLoad(summary: LoadSummary & { readonly url: string }, conclusion: string): string {
  const { rate, durationS, requests } = summary;
  const sections = [
    [
      summary.url,
      field('rate', `${ratesOf(rate)} for ${durationS.toFixed(1)} s`),
      field('requests', countsOf(requests)),
      ...statusLines(requests.byStatus),
    ],
    percentileLines(summary),
    auditLines(summary),
    wrap(conclusion, width),
  ];
  return `${sections.map((section) => section.join('\n')).join('\n\n')}\n`;
}

function ratesOf({ achieved, intended }: LoadSummary['rate']): string {
  return intended === null ? `${achieved.toFixed(1)}/s in a closed loop` : `${achieved.toFixed(1)}/s of ${intended}/s`;
}

function percentileLines({ rate, latencyMs, serviceMs, errorLatencyMs }: LoadSummary): readonly string[] {
  const rows = [
    ['latency', latencyMs],
    ['service', serviceMs],
    ['failures', errorLatencyMs],
  ] as const;
  const known = rows.flatMap(([label, values]) => (values === null ? [] : [percentileLine(label, values)]));
  if (known.length === 0) return [field('latency', 'nothing was served')];
  return [
    field('ms', columns.map((name) => name.padStart(numberWidth)).join('')),
    ...(latencyMs === null && rate.intended !== null ? [field('latency', '  nothing was served')] : []),
    ...known,
  ];
}

function auditLines({ cache, generator }: LoadSummary): readonly string[] {
  const { startDelayMs, cpu, maxInFlight } = generator;
  const repeats = cache.hits + cache.misses;
  const late = startDelayMs === null ? '' : `${startDelayMs.p99.toFixed(1)} ms late (p99), `;
  return [
    ...(cache.hitRate === null
      ? []
      : [field('cache', `${formatValue(cache.hitRate, 'ratio')} hits of ${repeats} repeated requests`)]),
    field('generator', `${late}${cpu.toFixed(2)} cores, ${maxInFlight} at once`),
  ];
}

function field(label: string, text: string): string {
  return label.padEnd(labelWidth) + text;
}

function countsOf({
  sent,
  good,
  bad,
  rateLimited,
  timeouts,
  connectionErrors,
  abandoned,
}: LoadSummary['requests']): string {
  const parts = [
    [good, 'good'],
    [bad, 'bad'],
    [rateLimited, 'refused by a limiter'],
    [timeouts, 'timed out'],
    [connectionErrors, 'lost'],
    [abandoned, 'given up'],
  ] as const;
  const counted = parts
    .filter(([count, what]) => count > 0 || what === 'good')
    .map(([count, what]) => `${count} ${what}`);
  return `${sent} sent: ${counted.join(', ')}`;
}

function statusLines(byStatus: LoadSummary['requests']['byStatus']): readonly string[] {
  const entries = Object.entries(byStatus);
  return entries.length === 0
    ? []
    : [field('status', entries.map(([status, count]) => `${status} × ${count}`).join(', '))];
}

function percentileLine(label: string, percentiles: Percentiles): string {
  return field(label, columns.map((name) => percentiles[name].toFixed(1).padStart(numberWidth)).join(''));
}
