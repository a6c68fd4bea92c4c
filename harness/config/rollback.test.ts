import { describe, expect, it } from 'vitest';
import shipped from '../../rampgate.config.ts';
import { OperatorMistake } from '../lib/mistakes.ts';
import { chooseRollback } from './choose-rollback.ts';
import { parseRollout } from './load-config.ts';

const path = 'x.config.ts';
const step = { title: 'Back', layer: 'backend', command: 'back', verify: 'look' };

/** What is wrong with the shipped configuration when this is its rollback plan. */
function problemsWith(given: object, others: object = {}): string {
  try {
    const { demo } = shipped.targets;
    const rollback = { steps: [{ ...step, ...given }], ...others };
    const rollout = parseRollout({ ...shipped, targets: { demo: { ...demo, rollback } } }, path);
    chooseRollback({ rollout, path, text: '', hash: '' });
    return '';
  } catch (error) {
    if (error instanceof OperatorMistake) return error.message;
    throw error;
  }
}

describe('a rollback plan', () => {
  it.each([
    [
      'a value that nobody states',
      { command: 'back {previos}' },
      { values: { previous: '1' } },
      '"previos"; did you mean',
    ],
    ['one in a check', { checks: [{ title: 'x', command: 'look {gone}' }] }, {}, 'there is no "gone"'],
    ['a remedy for nothing', { role: 'remedy' }, {}, 'is a remedy, and "when" does not say'],
    ['an undo for something', { when: ['diff.error-rate'] }, {}, 'takes the whole layer back'],
    [
      'a look that proves',
      { role: 'look', proves: ['diff.error-rate'] },
      { proveWith: 'after-rollback' },
      'only looks',
    ],
    ['checks of nothing', { command: undefined, checks: [{ title: 'x', command: 'x' }] }, {}, '"checks" prove nothing'],
    ['a proof without a profile', { proves: ['diff.error-rate'] }, {}, 'needs "proveWith"'],
    [
      'an unknown profile',
      {},
      { proveWith: 'after-rolback' },
      'there is no "after-rolback"; did you mean "after-rollback"?',
    ],
    ['an unknown criterion', { role: 'remedy', when: ['diff.eror-rate'] }, {}, 'did you mean "diff.error-rate"?'],
    ['nobody to ask', {}, { escalate: [{ when: ['nothing'], to: 'x', how: 'x' }] }, 'escalate.0.when: there is no'],
    ['a duration without a unit', { takes: '5' }, {}, 'must be a duration with a unit'],
  ])('is refused with %s', (_, given, others, message) => {
    expect(problemsWith(given, others)).toContain(message);
  });

  it('may name the target, its artifacts, and what the shell has in braces', () => {
    const command = 'back --at {api} --of {small} --from {release} --to {previous} --in ${HOME}';
    expect(
      problemsWith(
        { command, proves: ['diff.error-rate'] },
        { values: { previous: null }, proveWith: 'after-rollback' },
      ),
    ).toBe('');
  });

  it('of a target is its own, or else the rollout’s, with what must answer first', () => {
    const rollout = parseRollout(shipped, path);
    const own = chooseRollback({ rollout, path, text: '', hash: '' }, 'skillmeat');
    expect(own.policy.steps[0]?.settles).toEqual({ at: '{origin}/health', withinMs: 60_000, shows: 'healthy' });
    expect(own.at).toEqual({ web: 'http://localhost:3000', api: 'http://127.0.0.1:8080/api/v1' });
    expect(() => chooseRollback({ rollout, path, text: '', hash: '' }, 'skilmeat')).toThrow(
      'Did you mean "skillmeat"?',
    );
  });
});
