/** Gate reports with their evidence, as realistic as made-up ones get: go, no-go, inconclusive, and hostile content. */
import type { Control, Evidence, Finding, GateReport, Timings } from '../model.ts';
import { assembleReport, type ReportInput } from './assemble-report.ts';
import { fixtureSuccessCriteria } from './fixture-criteria.ts';
import {
  fixtureChecks,
  fixtureDistribution,
  fixtureEvidence,
  fixtureLoadFacts,
  fixtureOccurrences,
  fixtureRatio,
  fixtureTimings,
} from './fixture-evidence.ts';
import {
  blind,
  changedColdStart,
  findingsWith,
  loadCriteria,
  milliseconds,
  scopePart,
  scopes,
} from './fixture-findings.ts';
import { fixtureBaseline, fixtureLastGo } from './fixture-past.ts';
import { fixtureLeftOut, fixtureRun, noRollback, rollbackBoth } from './fixture-run.ts';
import type { HtmlSources } from './render-html.ts';

export interface ReportFixture extends HtmlSources {
  readonly report: GateReport;
}

const scopeMultiples = { [scopes[0]]: 0.6, [scopes[1]]: 0.68, [scopes[2]]: 1.1 } as const;

const consoleControl: Control = {
  name: 'console-error',
  planted: 'console.error in the page',
  outcome: 'seen',
  message: 'heard after 41 ms',
};

export const goReport: ReportFixture = {
  report: assemble({}),
  evidence: [{ ...browser(118, 88), controls: [consoleControl] }, load(107, 1)],
  lastGo: { schemaVersion: 1, status: 'none', why: 'no earlier run of this kind was a go' },
};

export const noGoReport: ReportFixture = {
  report: assemble({
    verdict: 'no-go',
    rollback: rollbackBoth,
    findings: findingsOfNoGo(),
  }),
  evidence: [browser(310, 192.7, { additionsShown: 128 }), load(130, 1.36)],
  baselines: [fixtureBaseline([browser(118, 88, { coldStartMs: 284 }), load(107, 1)])],
  lastGo: fixtureLastGo,
};

function findingsOfNoGo(): readonly Finding[] {
  return [
    ...findingsWith({
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
    changedColdStart(),
  ];
}

export const inconclusiveReport: ReportFixture = {
  report: assemble({
    verdict: 'inconclusive',
    notProven: [
      { probe: 'browser', control: 'console-error', reason: 'not seen: nothing was heard within 1000 ms.' },
      { probe: 'logs-api', control: 'marker', reason: 'not tried: production takes no test requests.' },
      { probe: 'logs-frontend', control: 'marker', reason: 'not tried: production takes no test requests.' },
    ],
    run: { ...fixtureRun, interrupted: 'The load was stopped after 12 s: the target refused connections.' },
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
    {
      ...browser(118, 88),
      controls: [
        { ...consoleControl, name: 'uncaught-exception' },
        { ...consoleControl, outcome: 'not-seen', message: 'nothing was heard within 1000 ms' },
      ],
    },
    {
      status: 'unavailable',
      probe: 'load',
      startedAt: fixtureRun.startedAt,
      finishedAt: fixtureRun.finishedAt,
      doubts: [
        { code: 'target-unreachable', message: 'http://127.0.0.1:4174 refused the connection 25 times in a row.' },
      ],
    },
  ],
};

/** What an application, or somebody in it, could put into a report to break it. */
export const hostileText = `</script><script>alert(1)</script><img src=x onerror=alert(2)> "'&\`|*[a](javascript:alert(3)) @everyone #1`;
/** A megabyte on one line, and halves of characters, as a log that is cut anywhere ends. */
const endless = `endless ${'z'.repeat(2 ** 20)}`;
const broken = 'cut \uD83D here, \uDEA6 and there \uFFFD\uFFFE';
const hostileTerminal = '\u001b[2J\u001b]0;owned\u0007\u202Egnp.exe\r\nGO: all is well\u0000 差分が表示されない 🚦';

export const hostileReport: ReportFixture = {
  report: assemble({
    verdict: 'no-go',
    run: {
      ...fixtureRun,
      rollout: hostileText,
      target: { ...fixtureRun.target, name: hostileTerminal, release: hostileText },
    },
    rollback: { ...rollbackBoth, because: [hostileText], armedBecause: hostileTerminal },
    notProven: [{ probe: hostileText, control: hostileTerminal, reason: hostileText }],
    leftOut: [{ id: hostileText, title: hostileTerminal, reason: hostileText, checklist: [] }],
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
      'diff.latency-p95': { title: endless, message: broken, detects: endless, rationale: hostileTerminal },
      'diff.error-rate': { needs: endless, advice: hostileText, outcome: 'inconclusive', evidence: [hostileText] },
      'scope-switch.visible': {
        outcome: 'fail',
        reason: 'interval-beyond-limit',
        message: 'x'.repeat(100_000),
        parts: [scopePart(hostileText, 388.1, 'fail')],
      },
    }),
  }),
  evidence: [
    {
      ...fixtureEvidence('browser', [
        fixtureOccurrences('cold-start.console-errors', 40, [hostileText, hostileTerminal, endless, broken]),
        hostileTimings(),
        fixtureChecks('scope-switch.stats-correct', [
          { name: hostileText, ok: false, expected: hostileTerminal, actual: endless },
        ]),
        {
          ...fixtureDistribution({ sli: 'diff.latency-p95', medianMs: 100, slowdown: 1, seconds: 2 }),
          histogram: hostileText,
        },
      ]),
      tools: { [hostileText]: endless, [hostileTerminal]: broken },
      doubts: [{ code: 'probe-crashed', message: `${hostileText} ${endless}` }],
      controls: [{ ...consoleControl, name: hostileText, planted: endless, message: hostileTerminal }],
      attachments: [
        { name: hostileText, path: 'evidence/"onmouseover="alert(6)/x.zip', mediaType: 'application/zip' },
        { name: endless, path: 'data:text/html,<script>alert(7)</script>', mediaType: 'text/html' },
      ],
    },
    {
      ...fixtureEvidence(
        `load-${hostileText}`,
        [
          fixtureDistribution({ sli: 'diff.latency-p95', medianMs: 100, slowdown: 1, seconds: 2 }),
          fixtureRatio('diff.cache-hit-rate', [1, 2], hostileText),
        ],
        { rate: { intended: hostileText, achieved: endless }, seconds: [{ second: hostileTerminal }] },
      ),
    },
  ],
  baselines: [{ ...fixtureBaseline([browser(118, 88)]), release: hostileText, id: hostileTerminal }],
  lastGo: {
    ...fixtureLastGo,
    run: {
      ...fixtureLastGo.run,
      id: hostileText,
      release: endless,
      environment: { ...fixtureLastGo.run.environment, os: hostileTerminal },
    },
    criteria: [{ criterion: hostileText, outcome: 'pass', limit: { op: '<', value: 1, unit: 'ms' } }],
  },
};

/** Groups are named by whoever wrote the scenario, addresses and headers by whoever answered. */
function hostileTimings(): Timings {
  const groups = { [hostileText]: 1, [hostileTerminal]: 1.2, [endless]: 1.1 };
  const timings = fixtureTimings({ sli: 'scope-switch.visible', medianMs: 300, spread: 0.2, count: 30, groups });
  const request = { startMs: -5, endMs: 1e9, sizeBytes: 1, method: hostileTerminal };
  const samples = timings.samples.map((sample) => ({
    ...sample,
    suspect: hostileText,
    requests: [hostileText, endless, broken].map((url) => ({ ...request, url })),
  }));
  const losses = [
    { reason: 'step-failed', waitedMs: 1, message: endless, group: hostileText, at: fixtureRun.startedAt },
  ] as const;
  return { ...timings, samples, losses };
}

function assemble(changes: Partial<ReportInput>): GateReport {
  return assembleReport({
    run: fixtureRun,
    verdict: 'go',
    findings: findingsWith({}),
    successCriteria: fixtureSuccessCriteria,
    leftOut: fixtureLeftOut,
    notProven: [],
    expiredWaivers: [],
    errorBudget: { falseGo: 0.01, falseNoGo: 0.01 },
    machineNoise: { calibratedAt: '2026-11-23T09:02:11.000Z', timingsRatio: 0.031, loadsMs: 0.9, referenceMs: 6.7 },
    rollback: noRollback,
    documents: [
      { name: 'gate.md', path: 'gate.md', mediaType: 'text/markdown' },
      { name: 'Playwright trace', path: 'evidence/browser-trace.zip', mediaType: 'application/zip' },
    ],
    ...changes,
  });
}

function browser(
  scopeSwitchMs: number,
  largeDiffMs: number,
  { additionsShown = 112, coldStartMs = 318 }: { readonly additionsShown?: number; readonly coldStartMs?: number } = {},
): Evidence {
  return fixtureEvidence('browser', [
    fixtureTimings({ sli: 'cold-start.diff-visible', medianMs: coldStartMs, spread: 0.16, count: 40 }),
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
  return fixtureEvidence(
    'load',
    [
      fixtureDistribution({ sli: 'diff.latency-p95', medianMs, slowdown }),
      fixtureRatio('diff.error-rate', [2, 1800], 'failed answers'),
      fixtureRatio('deployments.error-rate', [0, 900], 'failed answers'),
      fixtureRatio('diff.cache-hit-rate', [1285, 1800], 'hits'),
    ],
    fixtureLoadFacts(),
  );
}
