/** One result of Lighthouse → the sample it gives, or why it gives none. */
import { z } from 'zod';
import type { Loss, TimedRequest, TimingSample } from '../../model/evidence.ts';

/** The id of the audit that keeps the text of the loaded page, white space folded, as its `displayValue`. */
export const shownTextAudit = 'rampgate-shown-text';

const timing = z.object({ numericValue: z.number().optional() });

const requests = z.array(
  z.object({
    url: z.string(),
    networkRequestTime: z.number(),
    networkEndTime: z.number().optional(),
    transferSize: z.number(),
    resourceType: z.string().optional(),
  }),
);

/** What is read of Lighthouse's own result format; the rest stays in the file. */
export const lighthouseResult = z.object({
  lighthouseVersion: z.string(),
  fetchTime: z.iso.datetime(),
  requestedUrl: z.string(),
  finalDisplayedUrl: z.string(),
  runWarnings: z.array(z.string()),
  runtimeError: z.object({ code: z.string(), message: z.string() }).optional(),
  environment: z.object({ benchmarkIndex: z.number() }),
  configSettings: z.record(z.string(), z.json()),
  audits: z.object({
    'first-contentful-paint': timing,
    'largest-contentful-paint': timing,
    'total-blocking-time': timing,
    'long-tasks': z.object({
      details: z.object({ items: z.array(z.object({ startTime: z.number(), duration: z.number() })) }).optional(),
    }),
    'network-requests': z.object({ details: z.object({ items: requests }).optional() }),
    [shownTextAudit]: z.object({ displayValue: z.string().optional() }),
  }),
});

export type LighthouseResult = z.output<typeof lighthouseResult>;

/** What each metric took, in ms from the navigation. */
export interface RunMetrics {
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number | null;
  readonly totalBlockingTimeMs: number | null;
}

export type LighthouseRun =
  | { readonly kind: 'sample'; readonly sample: TimingSample; readonly metrics: RunMetrics }
  | { readonly kind: 'loss'; readonly loss: Loss };

/** What the page must show, or the visit was not to it. */
export interface Expectation {
  readonly text: string;
}

/**
 * Reads one run. A page that never painted is a loss that took longer than was waited; one that failed, led elsewhere or
 * showed something else is a loss that says nothing of the application's speed.
 */
export function readRun(result: LighthouseResult, expected: Expectation): LighthouseRun {
  const { audits, runtimeError } = result;
  const firstContentfulPaintMs = audits['first-contentful-paint'].numericValue;
  if (runtimeError?.code === 'NO_FCP') return lost(result, 'never-painted', 'nothing was painted');
  if (runtimeError !== undefined) return lost(result, 'step-failed', `${runtimeError.code}: ${runtimeError.message}`);
  const elsewhere = whereElse(result);
  if (elsewhere !== null) return lost(result, 'step-failed', `the page led to ${elsewhere}`);
  const shown = audits[shownTextAudit].displayValue ?? '';
  if (!shown.includes(expected.text)) {
    return lost(result, 'step-failed', `the page does not show "${expected.text}"; it shows "${shortened(shown)}"`);
  }
  if (firstContentfulPaintMs === undefined) return lost(result, 'step-failed', 'Lighthouse gave no first paint');
  return {
    kind: 'sample',
    sample: sampleOf(result, firstContentfulPaintMs),
    metrics: {
      firstContentfulPaintMs,
      largestContentfulPaintMs: audits['largest-contentful-paint'].numericValue ?? null,
      totalBlockingTimeMs: audits['total-blocking-time'].numericValue ?? null,
    },
  };
}

function lost({ fetchTime, configSettings }: LighthouseResult, reason: Loss['reason'], message: string): LighthouseRun {
  const { maxWaitForFcp } = configSettings;
  const waitedMs = reason === 'never-painted' && typeof maxWaitForFcp === 'number' ? maxWaitForFcp : 0;
  return { kind: 'loss', loss: { reason, waitedMs, message, at: fetchTime } };
}

/** The address it ended at, where that is another page: a login, a page that says sorry. */
function whereElse({ requestedUrl, finalDisplayedUrl }: LighthouseResult): string | null {
  const [asked, shown] = [new URL(requestedUrl), new URL(finalDisplayedUrl)];
  return asked.origin === shown.origin && asked.pathname === shown.pathname ? null : finalDisplayedUrl;
}

function sampleOf({ fetchTime, runWarnings, audits }: LighthouseResult, valueMs: number): TimingSample {
  const tasks = (audits['long-tasks'].details?.items ?? []).filter(({ startTime }) => startTime < valueMs);
  return {
    valueMs,
    at: fetchTime,
    ...(runWarnings.length === 0 ? {} : { suspect: runWarnings.join(' ') }),
    longTasksMs: tasks.map(({ duration }) => duration),
    longTasksAtMs: tasks.map(({ startTime }) => startTime),
    // Nothing can shift before the first content is there.
    layoutShift: 0,
    requests: (audits['network-requests'].details?.items ?? []).flatMap((request) => timedRequest(request, valueMs)),
  };
}

function timedRequest(request: z.output<typeof requests>[number], untilMs: number): TimedRequest[] {
  const { url, networkRequestTime, networkEndTime, transferSize, resourceType } = request;
  if (networkEndTime === undefined || networkRequestTime > untilMs || resourceType === 'Preflight') return [];
  return [{ url, startMs: networkRequestTime, endMs: networkEndTime, sizeBytes: transferSize }];
}

const KEPT_CHARACTERS = 80;

function shortened(text: string): string {
  return text.length <= KEPT_CHARACTERS ? text : `${text.slice(0, KEPT_CHARACTERS - 1)}…`;
}
