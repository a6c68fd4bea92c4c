/** What a run set out to judge, schema version 1: saved before anything is measured, so that a crash loses nothing. */
import { z } from 'zod';
import { measurementSchema } from '../model/evidence.ts';
import { walkSchema } from './checklist-runs.ts';
import { drillProof } from './proof-schema.ts';
import { preflight, rollbackPolicy } from './rollback-schema.ts';

const limit = z.object({
  op: z.enum(['<', '<=', '>', '>=']),
  value: z.number(),
  unit: z.enum(['ms', 'ratio', 'count', 'bytes']),
});

const statistic = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentile'), p: z.number() }),
  z.object({ kind: z.literal('change'), p: z.number() }),
  z.object({ kind: z.literal('ratio') }),
  z.object({ kind: z.literal('count') }),
  z.object({ kind: z.literal('all'), vsBaseline: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal('growth') }),
]);

export const targetIdentity = z.object({ name: z.string(), web: z.string(), api: z.string(), release: z.string() });
export const machine = z.object({ machineClass: z.string(), os: z.string(), node: z.string() });
export const tool = z.object({ version: z.string(), commit: z.string() });
export const errorBudget = z.object({ falseGo: z.number(), falseNoGo: z.number() });
export const notExercised = z.object({
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  checklist: z.array(z.string()),
});

export const criterion = z.object({
  id: z.string(),
  title: z.string(),
  scope: z.enum(['frontend', 'backend', 'frontend+backend', 'either']),
  severity: z.enum(['blocking', 'advisory']),
  sli: z.string(),
  probe: z.string(),
  statistic,
  limit,
  alert: limit.exactOptional(),
  warn: limit.exactOptional(),
  minSamples: z.number(),
  confidence: z.number().exactOptional(),
  looks: z.number().exactOptional(),
  groups: z.array(z.string()),
  longestTask: limit.exactOptional(),
  rationale: z.string(),
  checklist: z.array(z.string()),
  advice: z.string(),
});

const baselines = z.object({
  kind: z.enum(['release', 'nightly']),
  runs: z.array(
    z.object({
      id: z.string(),
      startedAt: z.string(),
      release: z.string(),
      browser: z.string(),
      gateSha256: z.string(),
      accepted: z.object({ at: z.string(), by: z.string(), why: z.string() }),
      machineNoise: z.object({
        calibratedAt: z.string().nullable(),
        timingsRatio: z.number().nullable(),
        loadsMs: z.number().nullable(),
        referenceMs: z.number().nullable(),
      }),
      measurements: z.array(measurementSchema),
    }),
  ),
  none: z.string(),
  unavailable: z.string().exactOptional(),
  contracts: z.record(z.string(), z.object({ run: z.string(), release: z.string() })).exactOptional(),
});

const runClock = z.object({
  timeZone: z.string(),
  target: z.array(z.object({ of: z.enum(['web', 'api']), aheadMs: z.tuple([z.number(), z.number()]) })),
});

export const runPlanSchema = z.object({
  run: z.object({
    id: z.string(),
    startedAt: z.string(),
    tool,
    target: targetIdentity,
    machine,
    clock: runClock.exactOptional(),
    drill: z
      .object({ fault: z.string(), proxyOf: z.object({ web: z.string(), api: z.string() }).exactOptional() })
      .exactOptional(),
  }),
  rollout: z.string(),
  configHash: z.string(),
  profile: z.string(),
  successCriteria: z.array(z.object({ id: z.string(), title: z.string() })),
  criteria: z.array(criterion),
  leftOut: z.array(notExercised),
  waivers: z.array(z.object({ criterion: z.string(), owner: z.string(), reason: z.string(), until: z.string() })),
  errorBudget,
  baselines: baselines.exactOptional(),
  checklistRuns: z.array(walkSchema).exactOptional(),
  bounds: z.object({ maxRequests: z.number(), withinMs: z.number(), goMeans: z.string() }).exactOptional(),
  rollback: rollbackPolicy,
  preflight: preflight.exactOptional(),
  proofs: z.record(z.string(), drillProof).exactOptional(),
});
