/** Each planted fault turns its criterion red and the exit code to 1: the gate can fail. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type RunningDemo, removeReports, startDemo, startGate } from './run-gate.ts';

let demo: RunningDemo | null = null;

afterEach(async () => {
  await demo?.stop();
  demo = null;
});

afterAll(removeReports);

type Planted = readonly [fault: string, criterion: string, rollback: string];

/** On every run. */
const always: readonly Planted[] = [
  ['slow-diff', 'diff.latency-p95', 'backend'],
  ['diff-errors', 'diff.error-rate', 'backend'],
  ['cache-off', 'diff.cache-hit-rate', 'backend'],
  ['summary-ignored', 'contract.summary-mode', 'backend'],
  ['summary-by-default', 'contract.legacy-default', 'backend'],
  ['undocumented-mode', 'contract.openapi', 'backend'],
  ['stale-cache', 'diff.cached-equals-fresh', 'backend'],
  ['key-collision', 'diff.key-isolation', 'backend'],
  ['fast-failures', 'health.diff-answers', 'backend'],
  ['console-error', 'cold-start.console-errors', 'frontend'],
];

/** With `npm run check:faults`, which takes its time. */
const atLeisure: readonly Planted[] = [
  ['slow-first-paint', 'viewer.first-contentful-paint', 'frontend'],
  ['slow-scope-switch', 'scope-switch.visible', 'frontend'],
  ['wrong-stats', 'scope-switch.stats-correct', 'frontend'],
  ['refetch-on-reopen', 'modal-reopen.duplicate-requests', 'frontend'],
  ['fast-failures', 'diff.error-rate', 'backend'],
  ['deployments-errors', 'deployments.error-rate', 'backend'],
  ['slow-first-diff', 'cold-start.diff-visible', 'both'],
  ['stale-lines', 'scope-switch.stats-correct', 'frontend'],
  ['eager-parse', 'large-diff.list-visible', 'frontend'],
  ['slow-file-open', 'large-diff.file-visible', 'frontend'],
  ['no-pagination', 'large-diff.guardrails', 'frontend'],
  ['no-load-button', 'large-diff.guardrails', 'frontend'],
  ['diff-timeouts', 'logs.timeouts', 'backend'],
  ['no-lazy-markers', 'logs.lazy-loaded', 'frontend'],
  ['cache-lies', 'metrics.cache-answers', 'backend'],
  ['diff-errors', 'metrics.diff-error-rate', 'backend'],
  // Its change on disk takes the life of a cached diff to show.
  ['no-invalidation', 'diff.invalidation', 'backend'],
];

const isAtLeisure = process.env['RAMPGATE_ALL_FAULTS'] !== undefined;
const planted = isAtLeisure ? [...always, ...atLeisure] : always;

describe('a planted fault', () => {
  it.each(planted)('%s turns %s red and leads to a rollback of %s', async (fault, criterion, rollback) => {
    const { exitCode, report, stderr } = await gateAgainst(fault, criterion);
    expect(report?.findings.find((finding) => finding.criterion === criterion)?.outcome, stderr).toBe('fail');
    expect(report?.verdict).toBe('no-go');
    expect(report?.rollback.scope).toBe(rollback);
    expect(exitCode).toBe(1);
  });

  it('page-full-mode fails its criterion, but an advisory one decides nothing', async () => {
    const { report, exitCode } = await gateAgainst('page-full-mode', 'contract.page-uses-summary');
    expect(report?.findings).toMatchObject([{ outcome: 'fail', severity: 'advisory' }]);
    expect(exitCode).toBe(2);
  });

  const deploying = [
    { faults: [], outcome: 'pass' },
    { faults: ['no-invalidation'], outcome: 'fail' },
  ];
  it.each(isAtLeisure ? deploying : [])(
    'with $faults planted, deploys make logs.cache-invalidated a $outcome',
    async ({ faults, outcome }) => {
      demo = await startDemo(...faults);
      const gate = gateOn(demo, 'logs.cache-invalidated');
      await deployUntil(gate.finished, demo);
      const { report } = await gate.finished;
      const finding = report?.findings.find(({ criterion }) => criterion === 'logs.cache-invalidated');
      expect(finding, finding?.message).toMatchObject({ outcome, severity: 'advisory' });
    },
  );

  /** Blindness that only a positive control tells from all being well. */
  const blind: readonly (readonly [string, string, string])[] = [
    ['cache-lies', 'diff.cache-hit-rate', 'X-Cache: HIT came to GET'],
    ['log-elsewhere', 'logs.timeouts', 'left no line within'],
    ['console-muted', 'cold-start.console-errors', 'blind to console.error in the page'],
    ['slow-route-hurries', 'diff.latency-p95', 'instead of at least 300 ms each'],
  ];

  it.each<readonly [string, string, string]>([
    ...(isAtLeisure ? blind : []),
    ['rate-limit=10', 'diff.error-rate', '429'],
    ['no-cache-header', 'diff.cache-hit-rate', 'X-Cache'],
    ['no-cache-header', 'diff.cached-equals-fresh', 'X-Cache'],
    ['cache-off', 'diff.cached-equals-fresh', 'a repeated diff said miss'],
    ['no-openapi', 'contract.openapi', 'no OpenAPI document'],
  ])('%s leaves %s inconclusive and says why', async (fault, criterion, why) => {
    const { report, exitCode } = await gateAgainst(fault, criterion);
    const finding = report?.findings.find((one) => one.criterion === criterion);
    expect(finding).toMatchObject({ outcome: 'inconclusive', message: expect.stringContaining(why) });
    expect(exitCode).toBe(2);
  });
});

/** Where the target's Sentry is, only the target tells that the gate starts itself. */
describe('a fault of what is reported to Sentry', () => {
  const sentry = ['sentry.js-errors', 'sentry.new-issues'];
  const quickly = [
    ['console-error', ['fail', 'fail'], 'Planted'],
    ['sentry-silent', ['inconclusive', 'inconclusive'], 'sent nothing to Sentry'],
  ] as const;
  const slowly = [
    ['console-error-on-scope-switch', ['fail', 'fail'], 'the scope could not be switched'],
    ['sentry-forgets', ['inconclusive', 'inconclusive'], 'could not be read back'],
  ] as const;
  const all = isAtLeisure ? [...quickly, ...slowly] : quickly;

  it.each(all)('%s gives %j', async (fault, outcomes, why) => {
    const args = ['--config', 'checks/quick.config.ts', '--target', `demo-with-${fault}`, '--only', ...sentry];
    const { exitCode, report, stderr } = await startGate(...args).finished;
    const findings = sentry.map((id) => report?.findings.find(({ criterion }) => criterion === id));
    expect(
      findings.map((finding) => finding?.outcome),
      stderr,
    ).toEqual(outcomes);
    expect(findings.map((finding) => finding?.message).join(' ')).toContain(why);
    expect(exitCode).toBe(outcomes[0] === 'fail' ? 1 : 2);
  });
});

/** Without its Sentry, which only the target that the gate starts has, the page loads fewer scripts than the baseline. */
describe('a page that carries more JavaScript', () => {
  const tooMuch = ['bigger-bundle', 'fail', 'Grew most: assets/index +', 1] as const;
  const little = ['bigger-bundle-4', 'pass', 'Grew by 4', 0] as const;

  it.each(isAtLeisure ? [tooMuch, little] : [tooMuch])('%s is a %s', async (target, outcome, message, code) => {
    const args = [
      '--config',
      'checks/quick.config.ts',
      '--target',
      `demo-with-${target}`,
      '--only',
      'bundle.js-growth',
    ];
    const { exitCode, report, stderr } = await startGate(...args).finished;
    expect(report?.findings, stderr).toMatchObject([{ outcome, message: expect.stringContaining(message) }]);
    expect(exitCode).toBe(code);
  });
});

/** Logs and metrics tell of what others cause. */
const causedBy: { readonly [criterion: string]: string } = {
  'metrics.diff-error-rate': 'diff.error-rate',
  'logs.timeouts': 'diff.error-rate',
  'logs.lazy-loaded': 'large-diff.guardrails',
  'logs.cache-invalidated': 'deployments.error-rate',
};

async function gateAgainst(fault: string, criterion: string) {
  demo = await startDemo(fault);
  return gateOn(demo, criterion).finished;
}

/** Deploys the same thing again and again, as long as the gate runs. */
async function deployUntil(finished: Promise<unknown>, { api, home }: RunningDemo): Promise<void> {
  let isOver = false;
  void finished.finally(() => (isOver = true));
  const body = JSON.stringify({ project_path: join(home, 'projects', 'sandbox'), overwrite: true });
  const headers = { 'content-type': 'application/json' };
  while (!isOver) {
    const { status } = await fetch(`${api}/artifacts/skill%3Apocket-notes/deploy`, { method: 'POST', headers, body });
    expect(status).toBe(200);
    await sleep(250);
  }
}

function gateOn(demo: RunningDemo, criterion: string) {
  return startGate(
    '--config',
    'checks/quick.config.ts',
    '--web',
    demo.web,
    '--api',
    demo.api,
    '--logs',
    `api=${demo.logs.api}`,
    `frontend=${demo.logs.frontend}`,
    '--only',
    criterion,
    ...(causedBy[criterion] === undefined ? [] : [causedBy[criterion]]),
  );
}
