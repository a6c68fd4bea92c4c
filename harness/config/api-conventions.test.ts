import { describe, expect, it } from 'vitest';
import shipped from '../../rampgate.config.ts';
import { checklistConventions } from './api-conventions.ts';
import { choosePolicy } from './choose-policy.ts';
import { parseRollout } from './load-config.ts';

const rollout = parseRollout(shipped, 'rampgate.config.ts');
const policyFor = (target: string) => choosePolicy(rollout, 'sha256:0', { profile: 'pre-ramp', target });

describe('a target', () => {
  it('is asked as the checklist has it, where it says nothing', () => {
    const { target, loads } = policyFor('demo');
    expect(target.conventions).toEqual({ ...checklistConventions, collections: ['default', 'staging'] });
    expect(target.limiter).toBeNull();
    expect(loads[0]).toMatchObject({ cacheHeader: 'X-Cache' });
    expect(loads[0]).not.toHaveProperty('distinctBy');
  });

  it('is asked in its own words where it has some', () => {
    const { target, loads, logs } = policyFor('skillmeat');
    expect(target).toMatchObject({
      conventions: { summaryQuery: 'summary_only=true', summaryCountsLines: false, cacheHeader: null },
      limiter: { distinctBy: '_rampgate', visitEveryMs: 1200 },
      page: { filePane: '[role="dialog"]' },
      health: '/health',
    });
    expect(loads.map(({ distinctBy }) => distinctBy)).toEqual(['_rampgate', '_rampgate']);
    expect(loads[0]).not.toHaveProperty('cacheHeader');
    expect(logs).toMatchObject([
      { name: 'api', source: { kind: 'command', command: expect.arrayContaining(['{since}']) } },
    ]);
  });

  it('keeps the header that a load looks for, unless it has its own', () => {
    const [load] = Object.entries(rollout.load);
    const changed = {
      ...rollout,
      load: { ...rollout.load, diff: { ...rollout.load['diff'], cacheHeader: 'Age' } },
      targets: { ...rollout.targets, staging: { ...rollout.targets['demo'], cacheHeader: 'CF-Cache-Status' } },
    } as typeof rollout;
    expect(load).toBeDefined();
    const headerOn = (target: string) =>
      choosePolicy(changed, 'sha256:0', { profile: 'pre-ramp', target }).loads[0]?.cacheHeader;
    expect([headerOn('demo'), headerOn('staging'), headerOn('skillmeat')]).toEqual([
      'Age',
      'CF-Cache-Status',
      undefined,
    ]);
  });

  it('leaves out what it cannot tell, also what blocks, with its reason', () => {
    const { criteria, leftOut, sentry, checks } = policyFor('skillmeat');
    const ids = criteria.map(({ id }) => id);
    expect(ids).toContain('diff.error-rate');
    expect(ids).not.toContain('diff.cache-hit-rate');
    expect(leftOut.find(({ id }) => id === 'diff.cache-hit-rate')).toMatchObject({
      reason: expect.stringMatching(/^left out by target skillmeat: SkillMeat caches no answer of \/diff/),
      checklist: ['S5'],
    });
    expect(sentry).toBeNull();
    expect(checks.map(({ name }) => name)).toEqual(['health', 'contract', 'promises']);
  });

  it('has a rollback of its own, without switches that it has not got', () => {
    const commands = (target: string): string =>
      policyFor(target)
        .rollback.steps.map(({ command }) => command)
        .join('\n');
    expect(commands('demo')).toContain('CACHE_DIFF_ENABLED');
    expect(commands('skillmeat')).not.toMatch(/CACHE_DIFF_ENABLED|kubectl|gh workflow/);
  });

  it('cannot leave out what there is not', () => {
    const targets = { demo: { ...shipped.targets['demo'], artifacts: {}, without: { 'diff.cache-hit-rte': 'none' } } };
    expect(() => parseRollout({ ...shipped, targets, lighthouse: {}, criteria: shipped.criteria }, 'c.ts')).toThrow(
      'targets.demo.without: there is no "diff.cache-hit-rte"; did you mean "diff.cache-hit-rate"?',
    );
  });
});
