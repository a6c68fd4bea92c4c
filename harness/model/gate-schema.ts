/** `gate.json`, schema version 1, as a schema: for reading saved reports and for those who build on them. */
import { z } from 'zod';
import type { GateReport } from './gate-report.ts';

const outcome = z.enum(['pass', 'inconclusive', 'fail']);
const unit = z.enum(['ms', 'ratio', 'count', 'bytes']).describe('A ratio is 0 to 1.');
const instant = z.string().describe('ISO 8601 in UTC, such as 2026-11-23T14:15:00.000Z.');

const limit = z
  .object({ op: z.enum(['<', '<=', '>', '>=']), value: z.number(), unit })
  .describe('The observed value must compare so with `value`.');

const observed = z
  .object({
    statistic: z.string().describe('p75, p95, ratio, count, failed checks, longest task, growth.'),
    value: z.number(),
    unit,
    interval: z
      .tuple([z.number().nullable(), z.number().nullable()])
      .describe('Lower and upper end; null where the samples do not bound that side. Absent for exact statistics.')
      .exactOptional(),
    confidence: z.number().exactOptional(),
    samples: z.number(),
    compared: z
      .object({
        beforeMs: z.number(),
        nowMs: z.number(),
        runs: z.array(z.string()).describe('Ids of the accepted runs, newest first.'),
      })
      .describe('Of a change: the same percentile of the accepted runs and of this one.')
      .exactOptional(),
  })
  .describe("What was seen; the worst part's where there are several.");

export const reason = z
  .enum([
    'interval-within-limit',
    'interval-beyond-limit',
    'interval-spans-limit',
    'too-close-to-limit',
    'within-noise-floor',
    'machine-disturbed',
    'count-within-limit',
    'count-beyond-limit',
    'all-checks-hold',
    'check-failed',
    'growth-within-limit',
    'growth-beyond-limit',
    'too-few-samples',
    'no-evidence',
    'group-missing',
    'baseline-unavailable',
    'evidence-doubted',
    'wrong-kind-of-evidence',
  ])
  .describe('Why the finding has its outcome; stable, documented in docs/reasons.md.');

const waiver = z.object({
  criterion: z.string(),
  owner: z.string(),
  reason: z.string(),
  until: z.string().describe('The last day it counts, in UTC: 2026-12-31.'),
});

const findingPart = z.object({
  label: z.string(),
  outcome,
  reason,
  message: z.string(),
  observed: observed.exactOptional(),
  limit,
});

const proofFacts = {
  at: instant,
  target: z.string().describe('The target that it was drilled against.').exactOptional(),
  drill: z.string().describe('The folder of that name under drills/.'),
  faults: z.array(z.string()).describe('What turned it red, each with its size.'),
  smallest: z.string().describe('The smallest that was caught, with its size.').exactOptional(),
};

const proof = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('never') }),
    z.object({ status: z.enum(['fired', 'missed']), ...proofFacts }),
    z.object({ status: z.literal('stale'), because: z.string(), ...proofFacts }),
  ])
  .describe('What the last drill of this criterion came to; stale: of another Rampgate or another limit.');

const finding = z
  .object({
    criterion: z.string().describe('Stable id, such as diff.latency-p95.'),
    title: z.string(),
    sli: z.string().describe('Names the measurement in the evidence.'),
    scope: z.enum(['frontend', 'backend', 'frontend+backend', 'either']),
    severity: z.enum(['blocking', 'advisory']).describe('Blocking findings decide the verdict, advisory ones inform.'),
    waived: waiver.describe('Set aside: judged and shown, but deciding nothing.').exactOptional(),
    outcome,
    reason,
    message: z.string().describe('A sentence with the values that decided it. For people: do not parse.'),
    observed: observed.exactOptional(),
    limit,
    alert: limit.exactOptional(),
    alerting: z.boolean().describe('True when the observed value lies beyond the alert threshold.'),
    warn: limit.exactOptional(),
    warning: z.boolean().describe('True when the observed value lies beyond the warning threshold.').default(false),
    detects: z.string().describe('The smallest violation this run would have caught.').exactOptional(),
    needs: z.string().describe('What an inconclusive finding would need to be decided.').exactOptional(),
    rationale: z.string(),
    advice: z.string(),
    checklist: z.array(z.string()).describe('Rows of the success criteria this answers.'),
    evidence: z.array(z.string()).describe('Evidence files, relative to the run folder.'),
    parts: z.array(findingPart).describe('One per group or condition; empty where there is only one.'),
    lastProvedToFire: z.string().describe('The day of the drill that last proved it, 2026-11-22.').exactOptional(),
    proof: proof.exactOptional(),
  })
  .describe('One criterion, judged.');

const run = z.object({
  id: z.string(),
  rollout: z.string(),
  profile: z.string().describe('pre-ramp, nightly, smoke, watch.'),
  startedAt: instant,
  finishedAt: instant,
  tool: z.object({ version: z.string(), commit: z.string() }),
  target: z.object({ name: z.string(), web: z.string(), api: z.string(), release: z.string() }),
  environment: z
    .object({ machineClass: z.string(), os: z.string(), node: z.string(), browser: z.string() })
    .describe('Runs are compared only where machineClass and browser agree.'),
  configHash: z.string(),
  clock: z
    .object({
      timeZone: z.string().describe("The machine's, as IANA names it; all times are in UTC."),
      target: z
        .array(z.object({ of: z.enum(['web', 'api']), aheadMs: z.tuple([z.number(), z.number()]) }))
        .describe("By how much the target's clock was ahead of the machine's, at least and at most; empty: not known."),
    })
    .exactOptional(),
  interrupted: z.string().describe('Why the run did not come to its natural end.').exactOptional(),
  drill: z
    .object({
      fault: z.string().describe('What was planted, with its size; no-fault for the run the others are seen beside.'),
      proxyOf: z
        .object({ web: z.string(), api: z.string() })
        .describe("The target's own addresses, where a fault proxy stood before it.")
        .exactOptional(),
    })
    .describe('A drill had its hand in this run: it says what the gate can see, and nothing of its target.')
    .exactOptional(),
});

const successCriterion = z.object({
  id: z.string(),
  title: z.string(),
  outcome: z.enum(['pass', 'inconclusive', 'fail', 'not-exercised']).describe('Worst of its blocking findings.'),
  findings: z.array(z.string()).describe('Ids of the criteria that answer it.'),
  notExercised: z.array(z.string()).describe('Ids of what it also asks for and nothing looked at: a pass in part.'),
});

const rollbackStep = z.object({
  title: z.string(),
  layer: z.enum(['frontend', 'backend']),
  role: z
    .enum(['look', 'remedy', 'undo'])
    .describe('look: finds out; remedy: takes a part of the layer back; undo: the whole layer.')
    .exactOptional(),
  command: z.string().describe('A line for a shell, filled in; absent where a person does it.').exactOptional(),
  effect: z.string().exactOptional(),
  verify: z.string().describe('How a person sees that it worked.'),
  proves: z.array(z.string()).describe('Criteria that are measured anew after it.').exactOptional(),
  because: z.array(z.string()).describe('The failed criteria that led to this step.').exactOptional(),
  reversible: z.object({ note: z.string(), undo: z.string().exactOptional() }).exactOptional(),
  takesMs: z.number().exactOptional(),
  armed: z.boolean().describe('Whether it was proved that it can be carried out.').exactOptional(),
  armedBecause: z.string().exactOptional(),
});

const rollback = z.object({
  scope: z.enum(['none', 'frontend', 'backend', 'both']),
  armed: z.boolean().describe('Whether the plan was proved to be executable.'),
  armedBecause: z.string(),
  because: z.array(z.string()).describe('The failed criteria that led to the scope.'),
  steps: z.array(rollbackStep).describe('In the order in which they are carried out.'),
  notes: z.array(z.string()).describe('Why it is this way and not a shorter one.').exactOptional(),
  takesMs: z.number().describe('All steps together, as far as stated.').exactOptional(),
  escalation: z
    .array(z.object({ to: z.string(), how: z.string(), because: z.array(z.string()) }))
    .describe('Whom to ask where the way back does not help.')
    .exactOptional(),
});

/** Fields unknown to this version are dropped on reading: version 1 may grow, but never change what it has. */
export const gateSchema = z.object({
  schemaVersion: z.literal(1),
  run,
  verdict: z
    .enum(['go', 'inconclusive', 'no-go'])
    .describe('The worst blocking outcome. Only `go` allows the ramp; `inconclusive` is not a pass.'),
  findings: z.array(finding),
  successCriteria: z.array(successCriterion),
  notExercised: z
    .array(z.object({ id: z.string(), title: z.string(), reason: z.string(), checklist: z.array(z.string()) }))
    .describe('What was not checked, and why.'),
  notProven: z
    .array(z.object({ probe: z.string(), control: z.string(), reason: z.string() }))
    .describe('Where a probe was not proved to see: its positive control was not tried, or did not show.')
    .default([]),
  errorBudget: z
    .object({ falseGo: z.number(), falseNoGo: z.number() })
    .describe('How often the gate as a whole may be wrong each way, 0 to 1.'),
  expiredWaivers: z
    .array(waiver)
    .describe('Waivers that were over when the run began: they count for nothing.')
    .default([]),
  machineNoise: z
    .object({
      calibratedAt: instant.nullable(),
      timingsRatio: z.number().nullable().describe('By what share of itself a browser timing may differ between runs.'),
      loadsMs: z.number().nullable().describe('How far the p95 of two loads that are the same may differ.'),
      referenceMs: z.number().nullable().describe('How long a fixed piece of work takes.'),
    })
    .describe("This machine's own noise, from its calibration; null where it was not measured.")
    .default({ calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null }),
  footprint: z
    .object({
      requests: z.number().describe('To the target, by the run itself and by the pages it visited.'),
      maxRequests: z.number(),
      withinMs: z.number().describe('Measuring ends so long after the run began.'),
      goMeans: z.string().describe('What somebody may take a go of this profile for.'),
    })
    .describe('What a run of a bounded profile took, beside what it might.')
    .exactOptional(),
  checklistRuns: z
    .array(
      z.object({
        schemaVersion: z.literal(1),
        id: z.string(),
        list: z.string(),
        title: z.string(),
        target: z.string(),
        startedAt: instant,
        finishedAt: instant.nullable().describe('Null as long as something is open.'),
        answers: z.array(
          z.object({
            item: z.string(),
            title: z.string(),
            outcome: z.enum(['done', 'failed', 'not-done']),
            by: z.string(),
            at: instant,
            how: z.enum(['asked', 'run', 'looked up']),
            note: z.string(),
          }),
        ),
      }),
    )
    .describe('Checklists of this target as people walked them before the run began, the newest walk of each.')
    .exactOptional(),
  rollback,
  documents: z
    .array(z.object({ name: z.string(), path: z.string(), mediaType: z.string() }))
    .describe('Where the other documents are, relative to the run folder.'),
});

/** A file that was to be a gate report and is not; the message lists every problem and where it is. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
}

/** A saved report, from parsed JSON. Throws `UnreadableReport` with all problems at once. */
export function parseGateReport(saved: unknown): GateReport {
  const parsed = gateSchema.safeParse(saved);
  if (parsed.success) return parsed.data;
  const version = z.object({ schemaVersion: z.number().gt(1) }).safeParse(saved);
  if (version.success) {
    const { schemaVersion } = version.data;
    throw new UnreadableReport(
      `This gate report has schema version ${schemaVersion}; this Rampgate reads version 1. Use a newer Rampgate.`,
    );
  }
  throw new UnreadableReport(`This is not a gate report of schema version 1:\n${z.prettifyError(parsed.error)}`);
}

/** The JSON Schema (draft 2020-12) of `gate.json`. */
export function gateJsonSchema(): object {
  return {
    $id: 'urn:rampgate:gate:1',
    title: 'Rampgate gate report, schema version 1',
    ...z.toJSONSchema(gateSchema, { target: 'draft-2020-12', io: 'input' }),
  };
}
