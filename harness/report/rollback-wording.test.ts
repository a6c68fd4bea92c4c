import { describe, expect, it } from 'vitest';
import type { RollbackStep } from '../model/rollback.ts';
import { noRollback, rollbackBoth } from './fixtures/run.fixture.ts';
import { planHeadline, readinessOf, stepFacts, stepTags } from './rollback-wording.ts';

const undo: RollbackStep = { title: 'Roll the API back', layer: 'backend', command: 'undo', verify: 'It answers.' };

const factsOf = (step: RollbackStep) => stepFacts(step).map(({ term, text }) => `${term}: ${text}`);

describe('the words of a rollback plan', () => {
  it('say how long it takes, and of how many steps nobody says it', () => {
    expect(planHeadline(rollbackBoth)).toBe('Roll back backend and frontend: 3 steps, about 8 min (1 states no time)');
    expect(planHeadline({ ...noRollback, scope: 'backend', steps: [undo] })).toBe('Roll back the backend: 1 step');
    expect(planHeadline(noRollback)).toBe('Nothing is to be rolled back');
    expect(stepTags({ ...undo, role: 'look', takesMs: 30_000 })).toEqual(['backend', 'look', 'about 30 s']);
    expect(stepTags({ ...undo, takesMs: 4_500_000 })).toEqual(['backend', 'about 1 h 15 min']);
  });

  it('say what nobody stated of a step that acts, and nothing of the kind of one that only looks', () => {
    expect(factsOf(undo)).toEqual([
      'Then: It answers.',
      'Reversible: the configuration does not say',
      'Not verified: this report does not say whether anybody checked it',
    ]);
    expect(factsOf({ ...undo, role: 'look' }).join()).not.toContain('Reversible');
  });

  it('tell a step that was proved, one that was not, and one that nothing can prove', () => {
    expect(readinessOf({ ...undo, armed: true, armedBecause: 'it may' })).toEqual({ term: 'Verified', text: 'it may' });
    expect(readinessOf({ ...undo, armed: false, armedBecause: 'it may not' })).toEqual({
      term: 'Not verified',
      text: 'it may not',
    });
    const { command: _command, ...byHand } = undo;
    expect(readinessOf(byHand).term).toBe('By hand');
  });
});
