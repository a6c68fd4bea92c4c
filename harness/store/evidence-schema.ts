/** Saved evidence, schema version 1, as a schema: what is judged again must be what was measured, or nothing. */
import { z } from 'zod';
import type { Evidence } from '../model/evidence.ts';

const instant = z.string();

const requestSource = z.enum(['network', 'memory cache', 'disk cache', 'service worker']);

const timedRequest = z.object({
  method: z.string().exactOptional(),
  url: z.string(),
  startMs: z.number(),
  firstByteMs: z.number().exactOptional(),
  endMs: z.number(),
  sizeBytes: z.number(),
  source: requestSource.exactOptional(),
});

const referenceMs = z.tuple([z.number(), z.number()]).exactOptional();

const timingSample = z.object({
  valueMs: z.number(),
  group: z.string().exactOptional(),
  at: instant,
  presentedMs: z.number().exactOptional(),
  stolenMs: z.number().exactOptional(),
  referenceMs,
  suspect: z.string().exactOptional(),
  longTasksMs: z.array(z.number()),
  longTasksAtMs: z.array(z.number()).exactOptional(),
  longFramesMs: z.array(z.number()).exactOptional(),
  vanished: z.number().exactOptional(),
  layoutShift: z.number(),
  requests: z.array(timedRequest),
});

const loss = z.object({
  reason: z.enum(['never-painted', 'navigated-away', 'already-painted', 'in-background', 'step-failed']),
  waitedMs: z.number(),
  message: z.string(),
  group: z.string().exactOptional(),
  at: instant,
});

const sizes = z.object({ raw: z.number(), gzip: z.number(), brotli: z.number() });

const named = { sli: z.string(), how: z.string() };

/** One measured indicator, as it is saved in evidence and in what a baseline keeps of it. */
export const measurement = z.discriminatedUnion('kind', [
  z.object({
    ...named,
    kind: z.literal('timings'),
    unit: z.literal('ms'),
    uncertaintyMs: z.number(),
    samples: z.array(timingSample),
    losses: z.array(loss),
  }),
  z.object({
    ...named,
    kind: z.literal('distribution'),
    unit: z.literal('ms'),
    uncertaintyMs: z.number(),
    histogram: z.string(),
    count: z.number(),
    timeouts: z.number(),
    referenceMs,
    slices: z.array(z.object({ second: z.number(), histogram: z.string(), count: z.number() })),
  }),
  z.object({
    ...named,
    kind: z.literal('ratio'),
    unit: z.literal('ratio'),
    numerator: z.number(),
    denominator: z.number(),
    of: z.object({ numerator: z.string(), denominator: z.string() }),
    unclear: z.object({ atMost: z.number(), within: z.string(), needs: z.string() }).exactOptional(),
    slices: z.array(z.object({ second: z.number(), numerator: z.number(), denominator: z.number() })).exactOptional(),
  }),
  z.object({
    ...named,
    kind: z.literal('occurrences'),
    unit: z.literal('count'),
    count: z.number(),
    exposures: z.number(),
    exposedTo: z.string(),
    seen: z.array(z.string()),
    window: z.object({ coveredMs: z.number(), plannedMs: z.number() }).exactOptional(),
  }),
  z.object({
    ...named,
    kind: z.literal('checks'),
    unit: z.literal('count'),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), expected: z.string(), actual: z.string() })),
  }),
  z.object({
    ...named,
    kind: z.literal('growth'),
    unit: z.literal('bytes'),
    of: z.string(),
    judged: z.enum(['raw', 'gzip', 'brotli']),
    count: z.number(),
    baseline: z.string(),
    parts: z.array(z.object({ name: z.string(), before: sizes.nullable(), after: sizes.nullable() })),
  }),
]);

const qualityIssue = z.object({
  code: z.enum([
    'target-unreachable',
    'probe-crashed',
    'interrupted',
    'schedule-not-kept',
    'generator-saturated',
    'machine-unknown',
    'nothing-served',
    'rate-limited',
    'load-stopped',
    'signal-absent',
    'control-not-seen',
    'counted-in-part',
    'scenario-crashed',
    'scenario-stopped',
    'no-baseline',
    'command-not-runnable',
    'command-timed-out',
    'request-ceiling',
    'out-of-time',
  ]),
  message: z.string(),
  slis: z.array(z.string()).exactOptional(),
});

const control = z.object({
  name: z.string(),
  planted: z.string(),
  outcome: z.enum(['seen', 'not-seen', 'not-tried']),
  message: z.string(),
});

const base = {
  schemaVersion: z.literal(1),
  probe: z.string(),
  startedAt: instant,
  finishedAt: instant,
  controls: z.array(control).exactOptional(),
  requestsSoFar: z.number().exactOptional(),
};

const evidence = z.discriminatedUnion('status', [
  z.object({
    ...base,
    status: z.literal('collected'),
    measurements: z.array(measurement),
    facts: z.record(z.string(), z.json()),
    tools: z.record(z.string(), z.string()),
    attachments: z.array(z.object({ name: z.string(), path: z.string(), mediaType: z.string() })),
    qualityIssues: z.array(qualityIssue),
  }),
  z.object({ ...base, status: z.literal('unavailable'), qualityIssues: z.tuple([qualityIssue], qualityIssue) }),
]);

/** The saved form of evidence. */
export function savedEvidence(of: Evidence): object {
  return { schemaVersion: 1, ...of };
}

/** Evidence from parsed JSON; a string says everything that is wrong with it. */
export function parseEvidence(saved: unknown): Evidence | string {
  const parsed = evidence.safeParse(saved);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { schemaVersion: _, ...rest } = parsed.data;
  return rest;
}
