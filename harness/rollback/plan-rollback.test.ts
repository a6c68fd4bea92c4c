import { describe, expect, it } from 'vitest';
import type { Finding, Outcome, RollbackPolicy, RollbackStep, Scope, Severity } from '../model.ts';
import { planRollback } from './plan-rollback.ts';

const stepOf = (title: string, layer: RollbackStep['layer']): RollbackStep => ({ title, layer, verify: 'look' });
const policy: RollbackPolicy = {
  steps: [stepOf('page', 'frontend'), stepOf('service', 'backend'), stepOf('cdn', 'frontend')],
};

function findingOf(scope: Scope, outcome: Outcome = 'fail', severity: Severity = 'blocking'): Finding {
  const texts = { title: 'A title', sli: 'an.sli', message: 'It failed.', rationale: '', advice: '' };
  const limit = { op: '<=', value: 0, unit: 'count' } as const;
  const lists = { checklist: [], evidence: [], parts: [] };
  const criterion = `${scope} ${outcome} ${severity}`;
  return {
    ...texts,
    ...lists,
    criterion,
    scope,
    severity,
    outcome,
    reason: 'count-beyond-limit',
    limit,
    alerting: false,
    warning: false,
  };
}

const noGo = (...findings: readonly Finding[]) => planRollback({ verdict: 'no-go', findings, policy });
const titles = (steps: readonly RollbackStep[]) => steps.map(({ title }) => title);

describe('rollback plan', () => {
  it.each(['go', 'inconclusive'] as const)('of %s rolls back nothing, whatever advice failed', (verdict) => {
    const plan = planRollback({ verdict, findings: [findingOf('backend', 'fail', 'advisory')], policy });
    expect(plan).toEqual({
      scope: 'none',
      armed: false,
      armedBecause: 'Nothing is to be rolled back; nobody has proved yet that the way back could be carried out.',
      because: [],
      steps: [],
    });
  });

  it.each([
    ['frontend', ['frontend'], ['page', 'cdn']],
    ['backend', ['backend'], ['service']],
    ['both', ['frontend+backend'], ['page', 'service', 'cdn']],
    ['both', ['either'], ['page', 'service', 'cdn']],
    ['both', ['backend', 'frontend'], ['page', 'service', 'cdn']],
    ['both', ['backend', 'either'], ['page', 'service', 'cdn']],
  ] as const)('has scope %s when %j failed, with the steps in the order of the policy', (scope, failed, steps) => {
    const plan = noGo(...failed.map((each) => findingOf(each)));
    expect(plan.scope).toBe(scope);
    expect(titles(plan.steps)).toEqual(steps);
    expect(plan.because).toEqual(failed.map((each) => `${each} fail blocking`));
    expect(plan).toMatchObject({ armed: false, armedBecause: expect.stringContaining('Nobody has proved yet') });
  });

  it('is not widened by what passed, is undecided or only advises', () => {
    const others = [findingOf('frontend', 'pass'), findingOf('frontend', 'inconclusive')];
    const plan = noGo(...others, findingOf('frontend', 'fail', 'advisory'), findingOf('backend'));
    expect(plan).toMatchObject({ scope: 'backend', because: ['backend fail blocking'] });
  });

  it('says so when the configuration has no step for a layer', () => {
    const plan = planRollback({ verdict: 'no-go', findings: [findingOf('either')], policy: { steps: [] } });
    expect(plan.armedBecause).toBe('The configuration states no step back for the frontend and the backend.');
  });

  it('refuses a no-go that no finding explains', () => {
    expect(() => noGo(findingOf('backend', 'pass'))).toThrow('needs a failed blocking criterion');
  });
});
