/** The smoke profile on the demo: with a fault that people would meet, and with a ceiling that its visits meet. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { removeReports, startDemo, startGate } from './run-gate.ts';

afterAll(removeReports);

describe('rampgate gate --profile smoke', () => {
  it.each([
    ['diff-errors', 'diff.error-rate'],
    ['wrong-stats', 'scope-switch.stats-correct'],
    ['console-error', 'cold-start.console-errors'],
    ['summary-by-default', 'contract.legacy-default'],
  ])('sees %s, and leaves the target as it was', async (fault, criterion) => {
    const demo = await startDemo(fault);
    try {
      const logs = ['--logs', `api=${demo.logs.api}`, `frontend=${demo.logs.frontend}`];
      const gate = startGate('--profile', 'smoke', '--web', demo.web, '--api', demo.api, ...logs);
      const { report, exitCode, stderr } = await gate.finished;
      expect(report?.findings.find((finding) => finding.criterion === criterion)?.outcome, stderr).toBe('fail');
      expect(exitCode).toBe(1);
      expect(report?.footprint?.requests).toBeLessThanOrEqual(report?.footprint?.maxRequests ?? 0);
      expect(readFileSync(demo.logs.api, 'utf8')).not.toMatch(/completed: (?:POST|PUT|PATCH|DELETE) /);
    } finally {
      await demo.stop();
    }
  });

  it('begins no visit that could exceed the ceiling, and decides nothing on the few that it had', async () => {
    const args = ['--config', 'checks/tight.config.ts', '--profile', 'smoke', '--only', 'cold-start.diff-visible'];
    const { report, exitCode, stderr } = await startGate(...args).finished;
    const [finding] = report?.findings ?? [];
    expect(finding?.message, stderr).toMatch(
      /its pages began \d+ requests, a visit takes up to \d+, and \d+ were left/,
    );
    expect([finding?.outcome, exitCode]).toEqual(['inconclusive', 2]);
    expect(report?.footprint?.requests).toBeLessThanOrEqual(120);
  });
});
