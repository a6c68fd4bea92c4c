/** Runs and decisions for tests of the store. */
import type { AcceptedBaseline } from './decision.ts';
import type { StoredCriterion, StoredRun } from './stored-run.ts';

const criterion: StoredCriterion = {
  criterion: 'cold-start.diff-visible',
  severity: 'blocking',
  waived: false,
  outcome: 'pass',
  reason: 'interval-within-limit',
  statistic: 'p75',
  value: 212.4,
  unit: 'ms',
  lower: 190.25,
  upper: 240.5,
  samples: 30,
  limit: { op: '<', value: 500, unit: 'ms' },
  inBrowser: true,
};

export function runOf(given: Partial<StoredRun> & { readonly id: string }): StoredRun {
  return {
    rollout: 'a rollout',
    profile: 'pre-ramp',
    startedAt: '2026-11-23T14:15:00.000Z',
    finishedAt: '2026-11-23T14:18:00.000Z',
    target: 'demo',
    environment: 'this machine',
    release: 'r1',
    machineClass: 'a machine',
    os: 'an OS',
    node: 'v24.21.0',
    browser: 'Chromium 156',
    toolVersion: '0.1.0',
    toolCommit: 'unknown',
    configHash: 'sha256:0',
    verdict: 'go',
    interrupted: null,
    gateSha256: '0'.repeat(64),
    criteria: [
      criterion,
      { ...criterion, criterion: 'diff.latency-p95', statistic: 'p95', value: 6.007, upper: null, inBrowser: false },
      {
        ...criterion,
        criterion: 'silent',
        waived: true,
        outcome: 'inconclusive',
        reason: 'no-evidence',
        statistic: null,
        value: null,
        lower: null,
        upper: null,
        samples: 0,
      },
    ],
    ...given,
  };
}

/** Its acceptance, with nothing measured. */
export function decisionAt(at: string, { criteria, ...run }: StoredRun): AcceptedBaseline {
  return {
    id: `${at}-${run.id}`,
    what: 'accept',
    kind: 'release',
    run,
    at,
    by: 'somebody',
    why: 'shipped',
    criteria,
    machineNoise: { calibratedAt: null, timingsRatio: 0.03, loadsMs: 1, referenceMs: 6 },
    bundle: null,
    contracts: {},
    measurements: [],
  };
}
