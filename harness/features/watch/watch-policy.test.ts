import { describe, expect, it } from 'vitest';
import shipped from '../../../rampgate.config.ts';
import { choosePolicy } from '../../config/choose-policy.ts';
import { parseRollout } from '../../config/load-config.ts';
import type { RolloutInput } from '../../config/rollout.ts';
import { rolloutToWatch, watchPolicy } from './watch-policy.ts';

const rollout = parseRollout(shipped, 'rampgate.config.ts');

function withWatch(watch: RolloutInput['watch']) {
  return parseRollout({ ...shipped, watch }, 'c.ts');
}

describe('the configuration of a watch', () => {
  it('samples each source of its profile at its own interval, the shipped one for two hours', () => {
    const { durationMs, everyMs, rhythm, stage } = watchPolicy(rollout, {}, [
      'load-diff',
      'logs-api',
      'commands-pre-deploy',
    ]);
    expect({ durationMs, everyMs, stage }).toEqual({ durationMs: 7_200_000, everyMs: 30_000, stage: null });
    expect([...rhythm]).toEqual([
      ['load-diff', 30_000],
      ['logs-api', 600_000],
      ['commands-pre-deploy', null],
    ]);
  });

  it('samples at least twice what is seldom sampled, in a watch that is short', () => {
    const { rhythm } = watchPolicy(rollout, { for: '5min' }, ['logs-api', 'load-diff']);
    expect([...rhythm.values()]).toEqual([150_000, 30_000]);
  });

  it('takes its length from the stage, and from the command line before that', () => {
    expect(watchPolicy(rollout, { stage: 'canary' }, [])).toMatchObject({
      durationMs: 300_000,
      stage: { name: 'canary', next: 'all of the traffic' },
      ramp: null,
    });
    expect(watchPolicy(rollout, { stage: 'canary', for: '10min', every: '10s' }, [])).toMatchObject({
      durationMs: 600_000,
      everyMs: 10_000,
    });
  });

  it('can do without one: what is not said is the checklist’s', () => {
    expect(watchPolicy(withWatch(undefined), {}, ['load-diff'])).toMatchObject({
      durationMs: 7_200_000,
      rates: [],
      falseAlerts: 0.01,
    });
  });

  it.each([
    [{ for: 'soon' }, '--for got "soon"'],
    [{ for: '10s' }, '--for got "10s".\nIt takes at least as long as --every'],
    [{ every: '5' }, '--every got "5"'],
    [{ stage: 'cannary' }, 'There is no stage called "cannary". Did you mean "canary"?'],
  ])('%j is a mistake', (choice, message) => {
    expect(() => watchPolicy(rollout, choice, [])).toThrow(message);
  });

  it('says where no stage is configured', () => {
    expect(() => watchPolicy(withWatch({}), { stage: 'canary' }, [])).toThrow('The configuration names no stages');
  });

  it.each([
    [
      'a source that there is not',
      { sample: { 'load:dif': '30s' } },
      'watch.sample: there is no "load:dif"; did you mean "load:diff"?',
    ],
    [
      'a rate of such a source',
      { rates: [{ ...rateOf(), from: 'sentry:isues' }] },
      'watch.rates.errors.from: there is no "sentry:isues"',
    ],
    [
      'a rate that is too low',
      { rates: [{ ...rateOf(), alert: '< 5' }] },
      'watch.rates.errors.alert: "< 5" must be a count that is too many',
    ],
  ] as const)('%s is a contradiction', (_, watch, message) => {
    expect(() => rolloutToWatch(withWatch(watch as RolloutInput['watch']), 'c.ts')).toThrow(message);
  });

  it('leaves out what a watch cannot say, with the reason', () => {
    const policy = choosePolicy(rolloutToWatch(rollout, 'c.ts'), 'x', { profile: 'watch' });
    expect(policy.criteria.map(({ id }) => id)).not.toContain('diff.invalidation');
    expect(policy.leftOut).toContainEqual(
      expect.objectContaining({ reason: 'left out by profile watch: a watch changes nothing in its target' }),
    );
  });

  it('leaves single samples small: they add up', () => {
    expect(choosePolicy(rollout, 'x', { profile: 'watch' }).criteria.map(({ id }) => id)).toContain('diff.error-rate');
  });
});

function rateOf() {
  return {
    id: 'errors',
    title: 'Errors',
    scope: 'frontend' as const,
    sli: 'sentry.errors',
    from: 'sentry:issues',
    alert: '> 5',
    per: '1min',
    rationale: 'Because.',
    advice: 'Look.',
  };
}
