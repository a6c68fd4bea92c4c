/** The target `skillmeat` on the demo with the API conventions of SkillMeat. */
import { describe, expect, it } from 'vitest';
import { gatesOnSkillmeatDemo } from './skillmeat.fixture.ts';

const gate = gatesOnSkillmeatDemo();

describe('the target skillmeat', () => {
  it('is decided by evidence, meets no rate limiter, and names what it cannot answer', async () => {
    const { report, stderr, stdout } = await gate(
      'skillmeat',
      'contract.summary-mode',
      'contract.legacy-default',
      'contract.openapi',
      'health.diff-answers',
      'diff.error-rate',
      'deployments.error-rate',
      'cold-start.console-errors',
      'contract.page-uses-summary',
      'metrics.diff-error-rate',
      'logs.timeouts',
      'logs.cache-hit-rate',
      'diff.cache-hit-rate',
    );
    const outcomes = Object.fromEntries(report?.findings.map(({ criterion, outcome }) => [criterion, outcome]) ?? []);
    expect(outcomes, stderr).toMatchObject({
      'contract.summary-mode': 'pass',
      'contract.legacy-default': 'pass',
      'contract.openapi': 'pass',
      'health.diff-answers': 'pass',
      // Its page asks for whole diffs; the criterion is advisory.
      'contract.page-uses-summary': 'fail',
      'cold-start.console-errors': 'pass',
      'logs.timeouts': 'pass',
      // Of what was fetched from upstream: the only cache that its log shows.
      'logs.cache-hit-rate': expect.any(String),
    });
    // The other outcomes depend on the machine; here every criterion was measured, and no limiter interfered.
    for (const { criterion, observed, message } of report?.findings ?? []) {
      expect(observed, `${criterion}: ${message}`).toBeDefined();
      expect(message).not.toMatch(/429|limiter/);
    }
    const { 'diff.cache-hit-rate': cacheHits } = outcomes;
    expect(cacheHits).toBeUndefined();
    expect(report?.notExercised.find(({ id }) => id === 'diff.cache-hit-rate')?.reason).toContain(
      'left out by target skillmeat: SkillMeat caches no answer of /diff',
    );
    expect(stdout).toContain('diff.cache-hit-rate');
  });
});
