/** Drills for the tests of their documents. */
import type { DrillCell, DrilledFault, DrillReport } from '../drill-report.ts';

function cell(criterion: string, expected: DrillCell['expected'], state: DrillCell['state']): DrillCell {
  const outcome = state === 'false' ? 'fail' : state === 'missed' ? 'pass' : 'inconclusive';
  const isRed = state === 'fired' && expected === 'red';
  return { criterion, expected, outcome: isRed ? 'fail' : outcome, state, message: `What was said of ${criterion}.` };
}

function fault(name: string, cells: readonly DrillCell[], given: Partial<DrilledFault> = {}): DrilledFault {
  return {
    name,
    imitates: `what ${name} imitates`,
    size: null,
    harmless: false,
    startedAt: '2026-11-24T18:00:00.000Z',
    tookMs: 9400,
    run: `runs/20261124T180000Z-drill-${name}`,
    cells,
    rollback: null,
    notExercised: [],
    ...given,
  };
}

const definition = '{}';

/** Everything as it had to be, with the smallest sizes. */
export const provedDrill: DrillReport = {
  schemaVersion: 1,
  drill: {
    id: '20261124T180000Z-drill-41c0',
    rollout: 'sync-status-performance-refactor',
    target: 'demo',
    startedAt: '2026-11-24T18:00:00.000Z',
    finishedAt: '2026-11-24T18:01:12.000Z',
    tool: { version: '0.1.0', commit: '77ab3c1' },
    machine: { machineClass: '2 × a processor, 8 GiB, x64', os: 'Linux 6.1', node: 'v24.21.0' },
    configHash: 'sha256:0',
    planned: 3,
    interrupted: false,
  },
  verdict: 'proved',
  faults: [
    fault('slow-diff', [cell('diff.latency-p95', 'red', 'fired'), cell('diff.error-rate', 'spared', 'quiet')], {
      size: { value: 350, unit: 'ms' },
      rollback: { expected: 'backend', actual: 'backend' },
    }),
    fault('no-openapi', [cell('contract.openapi', 'open', 'fired')], { notExercised: ['contract.later'] }),
    fault('few-errors', [cell('diff.latency-p95', 'spared', 'quiet'), cell('diff.error-rate', 'spared', 'quiet')], {
      harmless: true,
      size: { value: 0.3, unit: '%' },
      tookMs: 34_000,
    }),
  ],
  criteria: [
    { id: 'diff.latency-p95', title: '/diff: p95', definition, state: 'proved', provedBy: ['slow-diff'] },
    { id: 'diff.error-rate', title: '/diff: error rate', definition, state: 'not-drilled', provedBy: [] },
    { id: 'contract.openapi', title: 'OpenAPI', definition, state: 'not-proved', provedBy: [] },
  ],
  sizes: [
    { criterion: 'diff.latency-p95', fault: 'slow-diff', unit: 'ms', caught: 190, missed: 180, runs: 4 },
    { criterion: 'diff.error-rate', fault: 'diff-errors', unit: '%', caught: null, missed: 3, runs: 0 },
  ],
};

const hostile = '</td><script>alert(1)</script> \u001B[31mred';

/** One of each trouble, with messages that nobody vouches for. */
export const troubledDrill: DrillReport = {
  ...provedDrill,
  drill: { ...provedDrill.drill, planned: 6, interrupted: true },
  verdict: 'not-proved',
  faults: [
    fault('cache-lies', [
      { ...cell('diff.cache-hit-rate', 'red', 'missed'), message: hostile },
      cell('diff.error-rate', 'spared', 'false'),
    ]),
    fault('rate-limit', [cell('diff.error-rate', 'open', 'missed')]),
    fault(
      'fast-failures',
      ['contract.openapi', 'contract.summary-mode'].map((id) => ({
        ...cell(id, 'red', 'unmeasured'),
        outcome: null,
        message: 'The target did not start.',
      })),
      { run: null },
    ),
    fault('slow-diff', [cell('diff.latency-p95', 'red', 'fired')], {
      rollback: { expected: 'both', actual: 'backend' },
    }),
  ],
  unjudgedFaults: ['disk-full', 'slow-login'],
  sizes: [],
};

/** Through a proxy before a target that is red in one place by itself, and blind in another. */
export const proxiedDrill: DrillReport = {
  ...provedDrill,
  drill: {
    ...provedDrill.drill,
    target: 'staging',
    proxyOf: { web: 'https://staging.example.com', api: 'https://api.staging.example.com/api/v1' },
    planned: 3,
  },
  verdict: 'unmeasured',
  control: {
    startedAt: '2026-11-24T17:59:00.000Z',
    tookMs: 14_200,
    run: 'runs/20261124T175900Z-drill-control',
    trouble: null,
    criteria: [
      {
        criterion: 'diff.latency-p95',
        outcome: 'fail',
        state: 'red',
        reason: 'interval-beyond-limit',
        unreliable: false,
        message: 'p95 is 312 ms, beyond 200 ms.',
      },
      {
        criterion: 'diff.error-rate',
        outcome: 'inconclusive',
        state: 'ready',
        reason: 'too-few-samples',
        unreliable: false,
        message: '0 of 300 failed; 800 are needed.',
      },
      {
        criterion: 'contract.openapi',
        outcome: 'inconclusive',
        state: 'blind',
        reason: 'no-evidence',
        unreliable: false,
        message: `There is no document. ${hostile}`,
      },
    ],
  },
  faults: [
    fault('slow-diff', [
      {
        ...cell('diff.latency-p95', 'red', 'unmeasured'),
        outcome: null,
        message: 'It was not planted: all that it is to turn red is red without it.',
      },
    ]),
    fault('diff-errors', [cell('diff.latency-p95', 'spared', 'quiet'), cell('diff.error-rate', 'red', 'fired')], {
      size: { value: 3, unit: '%' },
    }),
    fault('undocumented', [
      {
        ...cell('contract.openapi', 'red', 'unmeasured'),
        message: 'It sees nothing without a fault either: There is no document.',
      },
    ]),
  ],
  criteria: [
    { id: 'diff.latency-p95', title: '/diff: p95', definition, state: 'unmeasured', provedBy: [] },
    { id: 'diff.error-rate', title: '/diff: error rate', definition, state: 'proved', provedBy: ['diff-errors'] },
    { id: 'contract.openapi', title: 'OpenAPI', definition, state: 'unmeasured', provedBy: [] },
  ],
  sizes: [],
  notDrilled: [
    { criterion: 'logs.timeouts', reason: 'the target writes its log itself, whatever a proxy before it does' },
    { criterion: 'logs.cache-hit-rate', reason: 'the target writes its log itself, whatever a proxy before it does' },
    { criterion: 'checklist.pre-deploy', reason: 'its commands run on this machine' },
  ],
};

/** The target could not be looked at without a fault, so that none was planted. */
export const uncontrolledDrill: DrillReport = {
  ...proxiedDrill,
  control: {
    startedAt: '2026-11-24T17:59:00.000Z',
    tookMs: 5100,
    run: null,
    trouble: 'Nothing answers at https://staging.example.com (web): connect ECONNREFUSED.',
    criteria: [],
  },
  faults: [],
  criteria: [],
  notDrilled: [],
};
