/** A gate report as the store remembers it. Pure. */

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { limitSchema } from '../model/criterion.ts';
import type { Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { Immutable } from '../model/immutable.ts';
import { outcomeSchema, severitySchema, verdictSchema } from '../model/outcome.ts';
import type { TargetIdentity } from '../model/run.ts';
import { instantSchema, unitSchema } from '../model/units.ts';
import { isInBrowser } from '../sources/registry.ts';

export const runHeadSchema = z.object({
  id: z.string(),
  rollout: z.string(),
  profile: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  /** By its name in the configuration. */
  target: z.string(),
  /** Where the target was: `this machine`, or the hosts of its addresses. */
  environment: z.string(),
  /** What was deployed there. */
  release: z.string(),
  machineClass: z.string(),
  os: z.string(),
  node: z.string(),
  /** `Chromium 156.0…`, or `not used`. */
  browser: z.string(),
  toolVersion: z.string(),
  toolCommit: z.string(),
  configHash: z.string(),
  verdict: verdictSchema,
  /** Why it did not come to its natural end; null where it did. */
  interrupted: z.string().nullable(),
  /** SHA-256 of `gate.json` in hexadecimal: tells whether the folder was judged anew since. */
  gateSha256: z.string(),
});

/** A stored run without its criteria. */
export type RunHead = Immutable<z.output<typeof runHeadSchema>>;

export const storedCriterionSchema = z.object({
  criterion: z.string(),
  severity: severitySchema,
  waived: z.boolean(),
  outcome: outcomeSchema,
  reason: z.string(),
  /** `p75`, `p95`, `ratio`, `count`, …; null with `value`, where nothing was observed. */
  statistic: z.string().nullable(),
  value: z.number().nullable(),
  unit: unitSchema,
  /** Null on a side that the samples do not bound; both null where the statistic is exact or nothing was observed. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  samples: z.number(),
  limit: limitSchema,
  /** Whether a browser measured it: then its build is part of the key. */
  inBrowser: z.boolean(),
});

/** One criterion's finding, as numbers. */
export type StoredCriterion = Immutable<z.output<typeof storedCriterionSchema>>;

/** A whole run: it came to a verdict that was written down. Its criteria are in the order of the report. */
export interface StoredRun extends RunHead {
  readonly criteria: readonly StoredCriterion[];
}

/** `gateText` is `gate.json` as it was written, `report` what it says. */
export function storedRun(gateText: string, { run, verdict, findings }: GateReport): StoredRun {
  return {
    id: run.id,
    rollout: run.rollout,
    profile: run.profile,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    target: run.target.name,
    environment: environmentOf(run.target),
    release: run.target.release,
    machineClass: run.environment.machineClass,
    os: run.environment.os,
    node: run.environment.node,
    browser: run.environment.browser,
    toolVersion: run.tool.version,
    toolCommit: run.tool.commit,
    configHash: run.configHash,
    verdict,
    interrupted: run.interrupted ?? null,
    gateSha256: createHash('sha256').update(gateText).digest('hex'),
    criteria: findings.map(storedCriterion),
  };
}

/**
 * Where a target is: its hosts, so that a target of the same name at other addresses is not taken for it. On this machine
 * ports change from run to run and say nothing.
 */
export function environmentOf({ web, api }: Pick<TargetIdentity, 'web' | 'api'>): string {
  return [...new Set([web, api].map(hostOf))].join(', ');
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

function hostOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, host } = new URL(address);
  return loopback.test(hostname) ? 'this machine' : host;
}

function storedCriterion(finding: Finding): StoredCriterion {
  const { observed, limit } = finding;
  const [lower, upper] = observed?.interval ?? [null, null];
  return {
    criterion: finding.criterion,
    severity: finding.severity,
    waived: finding.waived !== undefined,
    outcome: finding.outcome,
    reason: finding.reason,
    statistic: observed?.statistic ?? null,
    value: observed?.value ?? null,
    unit: observed?.unit ?? limit.unit,
    lower,
    upper,
    samples: observed?.samples ?? 0,
    limit,
    inBrowser: finding.evidence.some((path) => isInBrowser(basename(path))),
  };
}
