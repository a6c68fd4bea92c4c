import { describe, expect, it } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import type { Preflight, RollbackPolicy } from '../../model/rollback.ts';
import { planRollback, planScope } from './plan-rollback.ts';
import { definitionOf } from './preflight.ts';
import { findingOf, policyOf, stepOf } from './steps.fixture.ts';

const policy = policyOf([
  stepOf({ title: 'page', layer: 'frontend' }),
  stepOf({ title: 'service', layer: 'backend' }),
  stepOf({ title: 'cdn', layer: 'frontend' }),
]);

const noGo = (findings: readonly Finding[], asked: RollbackPolicy = policy) =>
  planRollback({ verdict: 'no-go', findings, policy: asked });
const failing = (...ids: readonly string[]) => ids.map((criterion) => findingOf({ criterion }));
const titles = (steps: readonly { readonly title: string }[]) => steps.map(({ title }) => title);

describe('rollback plan', () => {
  it.each(['go', 'inconclusive'] as const)('of %s rolls back nothing, whatever advice failed', (verdict) => {
    const plan = planRollback({ verdict, findings: [findingOf({ severity: 'advisory' })], policy });
    expect(plan).toMatchObject({ scope: 'none', armed: false, because: [], steps: [] });
  });

  it.each([
    ['frontend', ['frontend'], ['page', 'cdn']],
    ['backend', ['backend'], ['service']],
    ['both', ['frontend+backend'], ['page', 'service', 'cdn']],
    ['both', ['either'], ['page', 'service', 'cdn']],
    ['both', ['backend', 'frontend'], ['page', 'service', 'cdn']],
    ['both', ['backend', 'either'], ['page', 'service', 'cdn']],
  ] as const)('has scope %s when %j failed, with the steps in the order of the policy', (scope, failed, steps) => {
    const plan = noGo(failed.map((each) => findingOf({ scope: each })));
    expect(plan.scope).toBe(scope);
    expect(titles(plan.steps)).toEqual(steps);
    expect(plan.because.toSorted()).toEqual(failed.map((each) => `${each} fail blocking`).toSorted());
  });

  it('is not widened by what passed, is undecided or only advises', () => {
    const others = [
      findingOf({ scope: 'frontend', outcome: 'pass' }),
      findingOf({ scope: 'frontend', outcome: 'inconclusive' }),
      findingOf({ scope: 'frontend', severity: 'advisory' }),
    ];
    expect(noGo([...others, findingOf()])).toMatchObject({ scope: 'backend', because: ['backend fail blocking'] });
  });

  it('says so when the configuration has no step for a layer', () => {
    const plan = noGo([findingOf({ scope: 'either' })], policyOf([]));
    expect(plan.armedBecause).toBe('The configuration states no step back for the frontend and the backend.');
  });

  it('refuses a no-go that no finding explains', () => {
    expect(() => noGo([findingOf({ outcome: 'pass' })])).toThrow('needs a failed blocking criterion');
  });

  it('of a scope that somebody names takes whole layers back, without asking a finding', () => {
    const plan = planScope({ scope: 'both', policy });
    expect(plan).toMatchObject({ scope: 'both', because: [] });
    expect(titles(plan.steps)).toEqual(['page', 'service', 'cdn']);
  });
});

describe('the steps of a layer', () => {
  const cacheOff = stepOf({ title: 'cache off', role: 'remedy', when: ['stale', 'collision'], command: 'off' });
  const undo = stepOf({ title: 'undo', command: 'undo' });
  const versions = stepOf({ title: 'versions', role: 'look', when: ['contract'] });
  const always = stepOf({ title: 'log on', role: 'look' });
  const all = policyOf([always, versions, cacheOff, undo]);

  it('are its remedies where these are for all that failed: no other version of the code is needed', () => {
    const plan = noGo(failing('stale', 'collision'), all);
    expect(titles(plan.steps)).toEqual(['log on', 'cache off']);
    expect(plan.notes).toEqual([]);
    expect(plan.steps[1]?.because).toEqual(['stale', 'collision']);
  });

  it('take the whole layer back where something else failed as well, and then no remedy before it', () => {
    const plan = noGo(failing('stale', 'errors'), all);
    expect(titles(plan.steps)).toEqual(['log on', 'undo']);
    expect(plan.notes).toEqual(['"cache off" would not be enough: it is not for errors.']);
  });

  it('take the whole layer back where nobody said what a remedy needs, and say so', () => {
    const needing = policyOf([{ ...cacheOff, command: 'off --of {flag}' }, undo], { values: { flag: null } });
    const plan = noGo(failing('stale'), needing);
    expect(titles(plan.steps)).toEqual(['undo']);
    expect(plan.notes?.[0]).toContain('nobody said what {flag} is');
  });

  it('are the remedies where there is nothing else, with what they leave open', () => {
    const plan = noGo(failing('stale', 'errors'), policyOf([cacheOff]));
    expect(titles(plan.steps)).toEqual(['cache off']);
    expect(plan.notes).toEqual(['No step is for errors.']);
  });

  it('are a remedy that a person carries out, where it is for all that failed', () => {
    const { command: _, ...byHand } = cacheOff;
    const plan = noGo(failing('stale'), policyOf([byHand, undo]));
    expect(titles(plan.steps)).toEqual(['cache off']);
    expect(plan.steps[0]).not.toHaveProperty('command');
  });

  it('begin with a look that is for what failed', () => {
    expect(titles(noGo(failing('contract'), all).steps)).toEqual(['log on', 'versions', 'undo']);
  });
});

describe('a step', () => {
  const target = { name: 'live', web: 'https://w.example', api: 'https://a.example/api/v1', release: "r'2" };
  const given = stepOf({
    title: 'back from {release}',
    command: 'deploy --to {previous} --from {release} --at {api} --home ${HOME} --as {print}',
    effect: '{origin} answers',
    reversible: { note: 'yes', undo: 'deploy --to {release}' },
    takesMs: 60_000,
    proves: ['errors'],
  });
  const asked = policyOf([given], {
    values: { previous: 'r1; rm -rf /' },
    escalation: [
      { when: [], to: 'everybody', how: 'always' },
      { when: ['errors'], to: 'Backend', how: 'look at {origin}' },
      { when: ['slow'], to: 'Frontend', how: 'not now' },
    ],
  });
  const plan = planRollback({ verdict: 'no-go', findings: failing('errors'), policy: asked, target });

  it('has its values filled in, each as one word for the shell, and leaves the shell its own braces', () => {
    expect(plan.steps[0]).toMatchObject({
      title: "back from r'2",
      command: "deploy --to 'r1; rm -rf /' --from 'r'\\''2' --at https://a.example/api/v1 --home ${HOME} --as {print}",
      effect: 'https://a.example answers',
      reversible: { note: 'yes', undo: "deploy --to 'r'\\''2'" },
      proves: ['errors'],
    });
    expect(plan.takesMs).toBe(60_000);
  });

  it('says of the whole plan how long it takes, as far as that is known', () => {
    const policy = policyOf([stepOf({ title: 'one', takesMs: 60_000 }), stepOf({ title: 'two' }), given]);
    expect(noGo(failing('errors'), policy).takesMs).toBe(120_000);
    expect(noGo(failing('errors'), policyOf([stepOf({ title: 'two' })]))).not.toHaveProperty('takesMs');
  });

  it('that is reversible in other ways than by a command says how', () => {
    const policy = policyOf([stepOf({ title: 'one', reversible: { note: 'as {release} was' } })]);
    const { steps } = planRollback({ verdict: 'no-go', findings: failing('errors'), policy, target });
    expect(steps[0]?.reversible).toEqual({ note: "as r'2 was" });
  });

  it('is the same step as long as its command and its checks are', () => {
    const checks = [{ title: 'there', command: 'look {to}' }];
    expect(definitionOf(stepOf({ title: 'one', command: 'go {to}', checks }), { to: 'r1' })).toBe(
      '["go r1","look r1"]',
    );
    expect(definitionOf(stepOf({ title: 'one' }), {})).toBe('[""]');
  });

  it('has no origin but the address where that is no URL', () => {
    const policy = policyOf([stepOf({ title: 'ask {origin} at {web} for {target}' })]);
    const asked = { ...target, api: 'socket:/run/api' };
    const { steps } = planRollback({ verdict: 'no-go', findings: failing('errors'), policy, target: asked });
    expect(steps[0]?.title).toBe('ask socket:/run/api at https://w.example for live');
  });

  it('comes with whom to ask if it does not help', () => {
    expect(plan.escalation).toEqual([
      { to: 'everybody', how: 'always', because: [] },
      { to: 'Backend', how: 'look at https://a.example', because: ['errors'] },
    ]);
  });
});

describe('a plan is armed', () => {
  const cacheOff = stepOf({ title: 'cache off', role: 'remedy', when: ['stale'], command: 'off' });
  const undo = stepOf({ title: 'undo', command: 'undo {to}', checks: [{ title: 'there', command: 'look {to}' }] });
  const person = stepOf({ title: 'tell', layer: 'frontend' });
  const asked = policyOf([cacheOff, undo, person], { values: { to: 'r1' } });
  const at = '2026-11-28T12:00:00.000Z';

  function preflightWith(armed: { readonly cacheOff: boolean; readonly undo: boolean }, to = 'r1'): Preflight {
    const checked = (step: typeof undo, isArmed: boolean) => ({
      title: step.title,
      definition: definitionOf(step, { to }),
      armed: isArmed,
      because: isArmed ? '1 check' : 'kubectl is not installed',
    });
    return { at, target: 't', steps: [checked(cacheOff, armed.cacheOff), checked(undo, armed.undo)] };
  }
  const plan = (preflight: Preflight | null, { ids = ['errors'], later = 0 } = {}) =>
    planRollback({
      verdict: ids.length === 0 ? 'go' : 'no-go',
      findings: failing(...ids),
      policy: asked,
      preflight,
      at: new Date(Date.parse(at) + later).toISOString(),
    });

  it('when every command of it was proved, and says when', () => {
    const preflight = preflightWith({ cacheOff: true, undo: true });
    expect(plan(preflight)).toMatchObject({ armed: true, armedBecause: '1 command, checked 2026-11-28 12:00 UTC.' });
    expect(plan(preflight).steps[0]).toMatchObject({ title: 'undo', armed: true, armedBecause: '1 check' });
    expect(plan(preflight, { ids: [] })).toMatchObject({
      armed: true,
      armedBecause: expect.stringMatching('^2 commands'),
    });
  });

  it('also where only a remedy is not, which is said', () => {
    const { armed, armedBecause } = plan(preflightWith({ cacheOff: false, undo: true }), { ids: [] });
    expect(armed).toBe(true);
    expect(armedBecause).toContain('"cache off" is not: kubectl is not installed.');
  });

  it.each([
    ['nobody looked', plan(null), 'Nobody has proved yet that these steps can be carried out'],
    [
      'it is too long ago',
      plan(preflightWith({ cacheOff: true, undo: true }), { later: 25 * 3_600_000 }),
      'more than a day',
    ],
    [
      'a command is not',
      plan(preflightWith({ cacheOff: true, undo: false })),
      '"undo" cannot be carried out: kubectl is not installed.',
    ],
    [
      'the remedy that is needed is not',
      plan(preflightWith({ cacheOff: false, undo: true }), { ids: ['stale'] }),
      'cache off',
    ],
    ['it was another command', plan(preflightWith({ cacheOff: true, undo: true }, 'r0')), 'it was another command'],
    ['a step is new', plan({ ...preflightWith({ cacheOff: true, undo: true }), steps: [] }), 'was not there'],
  ])('not when %s', (_when, { armed, armedBecause }, words) => {
    expect(armed).toBe(false);
    expect(armedBecause).toContain(words);
  });

  it('not when the configuration has no step at all', () => {
    const none = planRollback({ verdict: 'go', findings: [], policy: policyOf([]) });
    expect(none).toMatchObject({ armed: false, armedBecause: 'The configuration states no way back.' });
  });

  it('not when two commands are not, and names both', () => {
    const { armedBecause } = plan(preflightWith({ cacheOff: false, undo: false }), { ids: [] });
    expect(armedBecause).toBe('"cache off" cannot be carried out: kubectl is not installed. Also not: "undo".');
  });

  it('not when a check of a step is another one than was looked at', () => {
    const preflight = preflightWith({ cacheOff: true, undo: true });
    const checks = [{ title: 'there', command: 'look elsewhere' }];
    const changed = { ...asked, steps: asked.steps.map((step) => (step === undo ? { ...step, checks } : step)) };
    const { armed, armedBecause } = planScope({ scope: 'backend', policy: changed, preflight, at });
    expect(armed).toBe(false);
    expect(armedBecause).toContain('it was another command when it was checked');
  });

  it('until a day after it was proved, that day included', () => {
    const preflight = preflightWith({ cacheOff: true, undo: true });
    expect(plan(preflight, { later: 24 * 3_600_000 }).armed).toBe(true);
    expect(plan(preflight, { later: 24 * 3_600_000 + 1 }).armed).toBe(false);
  });

  it('not when only persons act', () => {
    const byHand = planScope({ scope: 'frontend', policy: asked });
    expect(byHand).toMatchObject({ armed: false, armedBecause: 'No step has a command that could be proved.' });
    expect(byHand.steps[0]).not.toHaveProperty('armed');
  });
});
