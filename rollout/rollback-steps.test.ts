/** What the drill's catalogue says of each fault is what the planner makes of the findings that it leads to. */
import { describe, expect, it } from 'vitest';
import { type Fault, faults } from '../demo/faults.ts';
import { choosePolicy } from '../harness/config/choose-policy.ts';
import { loadConfig } from '../harness/config/load-config.ts';
import { decide } from '../harness/judgement/decide.ts';
import { planRollback } from '../harness/judgement/rollback/plan-rollback.ts';
import { findingOf } from '../harness/judgement/rollback/steps.fixture.ts';
import type { Outcome } from '../harness/model/outcome.ts';
import type { RollbackPlan } from '../harness/model/rollback.ts';

const { rollout, hash } = await loadConfig('rampgate.config.ts');
const { criteria } = choosePolicy(rollout, hash, { profile: 'pre-ramp' });
/** A rollback of its own, as the checklist has it and whatever the default target's is. */
const { rollback: checklist } = choosePolicy(
  { ...rollout, targets: { ...rollout.targets, demo: { ...demoTarget(), rollback: undefined } } },
  hash,
  { profile: 'pre-ramp' },
);
const { rollback: demo } = choosePolicy(rollout, hash, { profile: 'pre-ramp' });
const policies = { checklist, demo };
const drilled: { readonly [name: string]: Fault } = { ...faults };

function demoTarget() {
  const { demo: target } = rollout.targets;
  if (target === undefined) throw new Error('the shipped configuration has no target demo');
  return target;
}

function planOf(name: string, policy: keyof typeof policies = 'checklist'): RollbackPlan {
  const fault = drilled[name];
  const outcomeOf = (id: string): Outcome =>
    fault?.turnsRed.includes(id) ? 'fail' : fault?.leavesOpen?.includes(id) ? 'inconclusive' : 'pass';
  const findings = criteria.map(({ id: criterion, scope, severity }) =>
    findingOf({ criterion, scope, severity, outcome: outcomeOf(criterion) }),
  );
  return planRollback({ verdict: decide(findings), findings, policy: policies[policy] });
}

describe.each(Object.keys(policies) as (keyof typeof policies)[])('the rollback plan of the %s', (policy) => {
  it.each(Object.entries(drilled))('of %s is the one that the catalogue names', (name, { turnsRed, rollback }) => {
    const plan = planOf(name, policy);
    expect(plan.scope).toBe(rollback);
    // Something acts in each layer, and in no other.
    const acting = new Set(plan.steps.filter(({ role }) => role !== 'look').map(({ layer }) => layer));
    const layers = rollback === 'both' ? ['backend', 'frontend'] : rollback === 'none' ? [] : [rollback];
    expect([...acting].toSorted()).toEqual(layers);
    for (const id of plan.because) expect(turnsRed).toContain(id);
  });
});

describe('the rollback plan of the checklist', () => {
  const undoApi = 'Roll the API back to the previous version';
  const undoPage = 'Redeploy the previous frontend build';

  it.each([
    ['stale-cache', ['Switch the diff cache off']],
    ['key-collision', ['Switch the diff cache off']],
    ['no-invalidation', ['Switch the diff cache off']],
    ['summary-by-default', ['Verify that frontend and backend are versions that go together', undoApi]],
    ['diff-errors', [undoApi]],
    // A cache that does not hit is no reason to switch it off.
    ['cache-off', [undoApi]],
    ['console-error', [undoPage]],
    ['slow-first-diff', [undoApi, 'Look for eager loading in the sync tab', undoPage]],
  ])('for %s is %j', (fault, steps) => {
    expect(planOf(fault).steps.map(({ title }) => title)).toEqual(steps);
  });

  it.each([
    ['refetch-on-reopen', 'withoutPhase5', 'Revert the query changes of phase 5 only'],
    ['eager-parse', 'withoutPhase6', 'Revert the lazy rendering of phase 6 only'],
    ['no-lazy-markers', 'withoutPhase6', 'Revert the lazy rendering of phase 6 only'],
  ])('for %s reverts one phase where somebody says which build is without it', (fault, value, remedy) => {
    const without = planOf(fault);
    expect(without.steps.map(({ title }) => title)).toContain(undoPage);
    expect(without.notes?.join()).toContain(`{${value}}`);
    const findings = criteria.map(({ id: criterion, scope, severity }) => {
      const outcome = drilled[fault]?.turnsRed.includes(criterion) ? 'fail' : 'pass';
      return findingOf({ criterion, scope, severity, outcome });
    });
    const policy = { ...checklist, values: { ...checklist.values, [value]: 'v0.3.0-back' } };
    const { steps } = planRollback({ verdict: 'no-go', findings, policy });
    expect(steps.map(({ title }) => title)).toContain(remedy);
    expect(steps.map(({ title }) => title)).not.toContain(undoPage);
    expect(steps.at(-1)?.command).toContain('ref=v0.3.0-back');
  });

  it('names somebody to ask for every criterion that decides', () => {
    const asked = criteria.filter(({ severity }) => severity === 'blocking');
    const nobody = asked.filter(({ id: criterion, scope }) => {
      const plan = planRollback({ verdict: 'no-go', findings: [findingOf({ criterion, scope })], policy: checklist });
      return plan.escalation?.length === 0;
    });
    expect(nobody.map(({ id }) => id)).toEqual([]);
  });
});
