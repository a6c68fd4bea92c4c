/** Gate reports with their evidence, as realistic as made-up ones get: go, no-go, inconclusive, and hostile content. */
import type {
  Evidence,
  Finding,
  FindingPart,
  GateReport,
  NotExercised,
  Observed,
  RollbackPlan,
  RunIdentity,
} from '../model.ts';
import { assembleReport, type ReportInput } from './assemble-report.ts';
import { type FixtureCriterion, fixtureCriteria, fixtureSuccessCriteria } from './fixture-criteria.ts';
import {
  fixtureChecks,
  fixtureDistribution,
  fixtureEvidence,
  fixtureOccurrences,
  fixtureRatio,
  fixtureTimings,
} from './fixture-evidence.ts';

export interface ReportFixture {
  readonly report: GateReport;
  readonly evidence: readonly Evidence[];
}

const scopes = ['source-vs-collection', 'collection-vs-project', 'source-vs-project'] as const;
const scopeMultiples = { [scopes[0]]: 0.6, [scopes[1]]: 0.68, [scopes[2]]: 1.1 } as const;
const loadCriteria = ['diff.latency-p95', 'diff.error-rate', 'deployments.error-rate', 'diff.cache-hit-rate'];

const run: RunIdentity = {
  id: '20261123T141500Z-pre-ramp-7f3a',
  rollout: 'Sync status performance refactor',
  profile: 'pre-ramp',
  startedAt: '2026-11-23T14:15:00.000Z',
  finishedAt: '2026-11-23T14:19:08.000Z',
  tool: { version: '0.1.0', commit: 'efab524' },
  target: { name: 'staging', web: 'http://127.0.0.1:4173', api: 'http://127.0.0.1:4174', release: '0.4.0-rc2' },
  environment: {
    machineClass: '2 cores, 24 GiB, x64, Xeon 2.8 GHz',
    os: 'Debian 12',
    node: '24.21.0',
    browser: 'Chromium 156.0.8078.79',
  },
  configHash: 'sha256:4be1a01f6c2d9e77',
};

const leftOut: readonly NotExercised[] = [
  {
    id: 'diff.vs-baseline',
    title: 'p95 of /diff against the baseline',
    reason: 'No accepted baseline on this machine class.',
  },
  {
    id: 'viewer.first-contentful-paint',
    title: 'First contentful paint of the sync tab',
    reason: 'Not part of profile pre-ramp.',
  },
  {
    id: 'sentry.js-errors',
    title: 'JavaScript errors of the release',
    reason: 'No Sentry project is configured for staging.',
  },
];

const noRollback: RollbackPlan = {
  scope: 'none',
  armed: false,
  armedBecause: 'Nobody has run the steps against this release yet.',
  because: [],
  steps: [],
};

const rollbackBoth: RollbackPlan = {
  ...noRollback,
  scope: 'both',
  because: ['diff.latency-p95', 'scope-switch.visible', 'scope-switch.stats-correct'],
  steps: [
    {
      title: 'Roll back the API service',
      layer: 'backend',
      command: 'kubectl rollout undo deployment/skillmeat-api -n production',
      verify: 'The error rate is below 0.5 % within 30 seconds.',
    },
    {
      title: 'Redeploy the previous frontend build',
      layer: 'frontend',
      command: 'gh workflow run deploy-frontend.yml -f ref=v0.3.0-rc1 -f environment=production',
      verify: 'Cache Storage in the browser shows the previous build within a minute.',
    },
    { title: 'Tell the on-call channel what was rolled back', layer: 'frontend', verify: 'Somebody has answered.' },
  ],
};

const passing: { readonly [id: string]: Partial<Finding> } = {
  'cold-start.diff-visible': {
    observed: { ...milliseconds('p75', 328.2, [318.1, 368.9]), samples: 40 },
    message: 'p75 is 328 ms, between 318.1 and 368.9 ms with 95 % confidence: below 500 ms.',
    detects: 'a p75 above 510 ms would have failed',
  },
  'scope-switch.visible': {
    observed: { ...milliseconds('p75', 141.9, [115.7, 160.3]), samples: 10 },
    message: 'The slowest scope, source-vs-project, has a p75 of 142 ms: below 300 ms.',
    detects: 'a p75 above 326 ms in any scope would have failed',
    parts: scopes.map((label, index) => scopePart(label, [77.9, 109.6, 141.9][index] ?? 0, 'pass')),
  },
  'large-diff.file-visible': {
    observed: { ...milliseconds('p75', 91.2, [88.0, 104.0]), samples: 40 },
    message: 'p75 is 91.2 ms, between 88.0 and 104.0 ms with 95 % confidence: below 200 ms.',
    detects: 'a p75 above 203 ms would have failed',
  },
  'diff.latency-p95': {
    observed: { ...milliseconds('p95', 151.7, [148.6, 155.3]), samples: 1800 },
    message: 'p95 is 152 ms, between 148.6 and 155.3 ms with 95 % confidence: below 200 ms.',
    detects: 'a p95 above 204 ms would have failed',
  },
  'diff.error-rate': errorRate(2, 1800, [0.00013, 0.00401]),
  'deployments.error-rate': errorRate(0, 900, [0, 0.00409]),
  'diff.cache-hit-rate': {
    observed: {
      statistic: 'ratio',
      value: 0.714,
      unit: 'ratio',
      interval: [0.692, 0.735],
      confidence: 0.95,
      samples: 1800,
    },
    message: '1285 of 1800 repeated diffs came from the cache, 71.4 %: above 60 %.',
    detects: 'a hit rate of 57.7 % or less would have failed',
  },
};

export const goReport: ReportFixture = { report: assemble({}), evidence: [browser(118, 88), load(107, 1)] };

export const noGoReport: ReportFixture = {
  report: assemble({
    verdict: 'no-go',
    rollback: rollbackBoth,
    findings: findingsWith({
      'diff.latency-p95': {
        outcome: 'fail',
        reason: 'interval-beyond-limit',
        observed: { ...milliseconds('p95', 226.2, [219.8, 233.1]), samples: 1800 },
        message: 'p95 is 226 ms, between 219.8 and 233.1 ms with 95 % confidence: not below 200 ms.',
      },
      'scope-switch.visible': {
        outcome: 'fail',
        reason: 'interval-beyond-limit',
        observed: { ...milliseconds('p75', 367.9, [310.5, 407.9]), samples: 10 },
        message:
          'source-vs-project has a p75 of 368 ms, between 310.5 and 407.9 ms with 95 % confidence: not below 300 ms.',
        parts: [
          scopePart(scopes[0], 201.9, 'pass'),
          scopePart(scopes[1], 274.8, 'inconclusive'),
          scopePart(scopes[2], 367.9, 'fail'),
        ],
      },
      'scope-switch.stats-correct': {
        outcome: 'fail',
        reason: 'check-failed',
        observed: { statistic: 'failed checks', value: 1, unit: 'count', samples: 6 },
        message: '1 of 6 checks does not hold: additions of source-vs-project are 128, expected 112.',
      },
      'contract.page-uses-summary': {
        outcome: 'fail',
        reason: 'check-failed',
        observed: { statistic: 'failed checks', value: 1, unit: 'count', samples: 2 },
        message: '1 of 2 checks does not hold: mode of the first request is full, expected summary.',
      },
      'large-diff.file-visible': {
        outcome: 'inconclusive',
        reason: 'too-close-to-limit',
        observed: { ...milliseconds('p75', 199.7, [191.8, 227.9]), samples: 40 },
        message: 'p75 is 199.7 ms, nearer to 200 ms than the instrument can tell (8.3 ms).',
        needs: 'a quieter machine, or a limit further than 8.3 ms away',
      },
    }),
  }),
  evidence: [browser(310, 192.7, 128), load(130, 1.36)],
};

export const inconclusiveReport: ReportFixture = {
  report: assemble({
    verdict: 'inconclusive',
    run: { ...run, interrupted: 'The load was stopped after 12 s: the target refused connections.' },
    findings: findingsWith({
      'modal-reopen.duplicate-requests': {
        outcome: 'inconclusive',
        reason: 'too-few-samples',
        observed: { statistic: 'count', value: 0, unit: 'count', samples: 6 },
        message: 'Nothing was repeated in 6 reopens, but 20 are needed to say so.',
        needs: '14 more reopens',
      },
    })
      .filter((finding) => finding.criterion !== 'checklist.pre-deploy')
      .map((finding) => (loadCriteria.includes(finding.criterion) ? blind(finding) : finding)),
  }),
  evidence: [
    browser(118, 88),
    {
      status: 'unavailable',
      probe: 'load',
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      doubts: [
        { code: 'target-unreachable', message: 'http://127.0.0.1:4174 refused the connection 25 times in a row.' },
      ],
    },
  ],
};

/** What an application, or somebody in it, could put into a report to break it. */
export const hostileText = `</script><script>alert(1)</script><img src=x onerror=alert(2)> "'&\`|*[a](javascript:alert(3)) @everyone #1`;
const hostileTerminal = '\u001b[2J\u001b]0;owned\u0007\u202Egnp.exe\r\nGO: all is well\u0000 差分が表示されない 🚦';

export const hostileReport: ReportFixture = {
  report: assemble({
    verdict: 'no-go',
    run: { ...run, rollout: hostileText, target: { ...run.target, name: hostileTerminal, release: hostileText } },
    rollback: { ...rollbackBoth, because: [hostileText], armedBecause: hostileTerminal },
    leftOut: [{ id: hostileText, title: hostileTerminal, reason: hostileText }],
    documents: [{ name: hostileText, path: 'javascript:alert(4)', mediaType: 'text/html' }],
    findings: findingsWith({
      'cold-start.console-errors': {
        title: hostileText,
        outcome: 'fail',
        reason: 'count-beyond-limit',
        observed: { statistic: 'count', value: 3, unit: 'count', samples: 40 },
        message: `3 console errors: ${hostileText} ${hostileTerminal}`,
        needs: hostileText,
        evidence: ['javascript:alert(5)', '../../etc/passwd', 'evidence/browser.json'],
      },
      'scope-switch.visible': {
        outcome: 'fail',
        reason: 'interval-beyond-limit',
        message: 'x'.repeat(100_000),
        parts: [scopePart(hostileText, 388.1, 'fail')],
      },
    }),
  }),
  evidence: [
    fixtureEvidence('browser', [
      fixtureOccurrences('cold-start.console-errors', 40, [hostileText, hostileTerminal, 'y'.repeat(100_000)]),
      fixtureTimings({
        sli: 'scope-switch.visible',
        medianMs: 300,
        spread: 0.2,
        count: 30,
        groups: { [hostileText]: 1, [hostileTerminal]: 1.2 },
      }),
      fixtureChecks('scope-switch.stats-correct', [
        { name: hostileText, ok: false, expected: hostileTerminal, actual: hostileText },
      ]),
      {
        ...fixtureDistribution({ sli: 'diff.latency-p95', medianMs: 100, slowdown: 1, seconds: 2 }),
        histogram: hostileText,
      },
    ]),
  ],
};

function assemble(changes: Partial<ReportInput>): GateReport {
  return assembleReport({
    run,
    verdict: 'go',
    findings: findingsWith({}),
    successCriteria: fixtureSuccessCriteria,
    leftOut,
    rollback: noRollback,
    documents: [
      { name: 'gate.md', path: 'gate.md', mediaType: 'text/markdown' },
      { name: 'Playwright trace', path: 'attachments/trace.zip', mediaType: 'application/zip' },
    ],
    ...changes,
  });
}

function findingsWith(changes: { readonly [id: string]: Partial<Finding> }): readonly Finding[] {
  return fixtureCriteria.map((criterion) => ({
    ...finding(criterion),
    ...passing[criterion.id],
    ...changes[criterion.id],
  }));
}

function finding({ id, ...criterion }: FixtureCriterion): Finding {
  const probe = loadCriteria.includes(id) ? 'load' : 'browser';
  return {
    ...criterion,
    criterion: id,
    sli: id,
    outcome: 'pass',
    reason: criterion.limit.unit === 'count' ? 'count-within-limit' : 'interval-within-limit',
    message: 'Nothing of the kind was seen in 40 visits.',
    observed: { statistic: 'count', value: 0, unit: 'count', samples: 40 },
    alerting: false,
    detects: 'a single occurrence in 40 visits',
    evidence: [`evidence/${probe}.json`],
    parts: [],
  };
}

/** As judged when its probe brought nothing back. */
function blind({ observed: _observed, detects: _detects, ...rest }: Finding): Finding {
  return {
    ...rest,
    outcome: 'inconclusive',
    reason: 'no-evidence',
    message: 'Nothing was measured: http://127.0.0.1:4174 refused the connection 25 times in a row.',
    needs: 'a target that answers',
  };
}

function scopePart(label: string, p75: number, outcome: FindingPart['outcome']): FindingPart {
  return {
    label,
    outcome,
    reason:
      outcome === 'pass'
        ? 'interval-within-limit'
        : outcome === 'fail'
          ? 'interval-beyond-limit'
          : 'interval-spans-limit',
    message: `${label}: p75 is ${p75} ms.`,
    observed: { ...milliseconds('p75', p75, [p75 * 0.86, p75 * 1.11]), samples: 10 },
    limit: { op: '<', value: 300, unit: 'ms' },
  };
}

function milliseconds(
  statistic: string,
  value: number,
  interval: readonly [number, number],
): Omit<Observed, 'samples'> {
  return { statistic, value, unit: 'ms', interval, confidence: 0.95 };
}

function errorRate(errors: number, requests: number, interval: readonly [number, number]): Partial<Finding> {
  return {
    observed: {
      statistic: 'ratio',
      value: errors / requests,
      unit: 'ratio',
      interval,
      confidence: 0.95,
      samples: requests,
    },
    message: `${errors} of ${requests} answers failed; with 95 % confidence the rate is below 0.5 %.`,
    detects: `a rate above 0.96 % would have failed`,
  };
}

function browser(scopeSwitchMs: number, largeDiffMs: number, additionsShown = 112): Evidence {
  return fixtureEvidence('browser', [
    fixtureTimings({ sli: 'cold-start.diff-visible', medianMs: 318, spread: 0.16, count: 40 }),
    fixtureTimings({
      sli: 'scope-switch.visible',
      medianMs: scopeSwitchMs,
      spread: 0.2,
      count: 30,
      groups: scopeMultiples,
    }),
    fixtureTimings({ sli: 'large-diff.file-visible', medianMs: largeDiffMs, spread: 0.18, count: 40 }),
    fixtureOccurrences('cold-start.console-errors', 40, []),
    fixtureOccurrences('modal-reopen.duplicate-requests', 40, []),
    fixtureChecks('scope-switch.stats-correct', [
      ...scopes.map((scope) => ({ name: `deletions of ${scope}`, ok: true, expected: '37', actual: '37' })),
      {
        name: 'additions of source-vs-project',
        ok: additionsShown === 112,
        expected: '112',
        actual: String(additionsShown),
      },
    ]),
  ]);
}

function load(medianMs: number, slowdown: number): Evidence {
  return fixtureEvidence('load', [
    fixtureDistribution({ sli: 'diff.latency-p95', medianMs, slowdown }),
    fixtureRatio('diff.error-rate', [2, 1800], 'failed answers'),
    fixtureRatio('deployments.error-rate', [0, 900], 'failed answers'),
    fixtureRatio('diff.cache-hit-rate', [1285, 1800], 'hits'),
  ]);
}
