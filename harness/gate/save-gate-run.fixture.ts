/** Run folders for tests, as the gate leaves them: a page and a load that were measured, on a quiet machine. */

import {
  criterionOf,
  distributionOf,
  evidenceOf,
  machineOf,
  sampleOf,
  timingsOf,
} from '../judgement/evidence.fixture.ts';
import { defined } from '../lib/defined.ts';
import type { Baselines } from '../model/baseline.ts';
import type { Criterion } from '../model/criterion.ts';
import type { Evidence } from '../model/evidence.ts';
import type { RunPlan } from '../model/run-plan.ts';
import { openRunFolder } from '../store/run-folder.ts';
import { conclude } from './conclude.ts';

export interface GateRunShape {
  readonly startedAt?: string;
  readonly profile?: string;
  readonly release?: string;
  readonly browser?: string;
  readonly coldStartMs?: number;
  readonly latencyMs?: number;
  readonly baselines?: Baselines;
  readonly judged?: boolean;
  /** The second of the machine's own clicks took so much longer. */
  readonly slowerClicksMs?: number;
  readonly interrupted?: string;
  /** Criteria that are waived. */
  readonly waived?: readonly string[];
  readonly drill?: RunPlan['run']['drill'];
}

const criteria: readonly Criterion[] = [
  criterionOf({
    id: 'cold-start.diff-visible',
    sli: 'cold-start.diff-visible',
    probe: 'browser-cold-start',
    limit: { op: '<', value: 500, unit: 'ms' },
  }),
  criterionOf({
    id: 'diff.latency-p95',
    sli: 'diff.latency',
    probe: 'load-diff',
    statistic: { kind: 'percentile', p: 95 },
    limit: { op: '<', value: 400, unit: 'ms' },
  }),
];

const comparing: readonly Criterion[] = [
  criterionOf({
    id: 'cold-start.vs-baseline',
    sli: 'cold-start.diff-visible',
    probe: 'browser-cold-start',
    statistic: { kind: 'change', p: 75 },
    limit: { op: '<=', value: 75, unit: 'ms' },
  }),
  criterionOf({
    id: 'diff.vs-baseline',
    sli: 'diff.latency',
    probe: 'load-diff',
    statistic: { kind: 'change', p: 95 },
    limit: { op: '<=', value: 0.2, unit: 'ratio' },
  }),
];

/** Saves a run below `reports` and returns its folder. */
export function saveGateRun(reports: string, shape: GateRunShape = {}): string {
  const { startedAt = '2026-11-23T14:15:00.000Z', profile = 'pre-ramp', judged = true, interrupted, baselines } = shape;
  const { waived = [] } = shape;
  const folder = openRunFolder(reports, { profile, now: new Date(startedAt) });
  const plan: RunPlan = {
    rollout: 'sync-status-performance-refactor',
    configHash: 'sha256:0',
    profile,
    successCriteria: [{ id: 'S1', title: 'One' }],
    criteria: [...criteria, ...comparing],
    leftOut: [],
    waivers: waived.map((criterion) => ({ criterion, owner: 'somebody', reason: 'meant', until: '2999-12-31' })),
    errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
    rollback: { steps: [], values: {}, escalation: [] },
    baselines: baselines ?? { kind: 'release', runs: [], none: 'There is none yet' },
    run: {
      id: folder.id,
      startedAt,
      tool: { version: '0.1.0', commit: 'unknown' },
      target: { name: 'demo', web: 'http://localhost:1', api: 'http://localhost:2', release: shape.release ?? 'r1' },
      machine: { machineClass: 'a machine', os: 'an OS', node: 'v24' },
      ...defined({ drill: shape.drill }),
    },
  };
  folder.savePlan(plan);
  const machine = machineOf({ clicksMs: [clicks(100), clicks(100 + (shape.slowerClicksMs ?? 0))] });
  const evidence = [machine, ...measuredEvidence(shape)];
  for (const one of evidence) folder.saveEvidence(one);
  if (!judged) return folder.path;
  const report = conclude(plan, evidence, {
    finishedAt: '2026-11-23T14:18:00.000Z',
    ...defined({ interrupted }),
  });
  folder.save('gate.json', `${JSON.stringify(report, null, 1)}\n`);
  return folder.path;
}

function clicks(ms: number): number[] {
  return Array.from({ length: 24 }, () => ms);
}

function measuredEvidence({ coldStartMs = 200, latencyMs = 120, browser = '156' }: GateRunShape): Evidence[] {
  const samples = Array.from({ length: 40 }, (_, index) => sampleOf(coldStartMs + (index % 4) - 2));
  return [
    {
      ...evidenceOf([{ ...timingsOf(samples), sli: 'cold-start.diff-visible' }]),
      probe: 'browser-cold-start',
      tools: { Chromium: browser },
    },
    {
      ...evidenceOf([{ ...distributionOf([[latencyMs, 1800]]), sli: 'diff.latency' }]),
      probe: 'load-diff',
    },
  ];
}
