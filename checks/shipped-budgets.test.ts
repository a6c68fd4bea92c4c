/** The sampling that the shipped configuration plans can pass every criterion, in every profile: else it never ends in go. */
import { describe, expect, it } from 'vitest';
import { choosePolicy } from '../harness/config/choose-policy.ts';
import { parseRollout } from '../harness/config/load-config.ts';
import {
  distributionOf,
  evidenceOf,
  onMachine,
  ratioOf,
  sampleOf,
  timingsOf,
} from '../harness/judgement/evidence.fixture.ts';
import { judge } from '../harness/judgement/judge.ts';
import type { Criterion } from '../harness/model/criterion.ts';
import type { Measurement } from '../harness/model/evidence.ts';
import type { Policy } from '../harness/sources/registry.ts';
import shipped from '../rampgate.config.ts';

const rollout = parseRollout(shipped, 'rampgate.config.ts');

// A watch adds many samples up.
const profiles = Object.keys(rollout.profiles).filter((profile) => profile !== rollout.watch?.profile);
const cases = profiles.flatMap((profile) => {
  const policy = choosePolicy(rollout, 'sha256:0', { profile });
  return (
    policy.criteria
      .filter(({ statistic }) => statistic.kind === 'percentile' || statistic.kind === 'ratio')
      // How many lines a log has, no budget says.
      .filter(({ probe }) => !probe.startsWith('logs-'))
      .map((criterion) => [profile, criterion.id, criterion, policy] as const)
  );
});

/** All as good as can be, as often as planned, with room for what the configuration itself says it bears. */
function bestOf(criterion: Criterion, policy: Policy): Measurement {
  const samples = plannedFor(criterion, policy);
  if (criterion.statistic.kind === 'ratio') {
    const good = criterion.limit.op.startsWith('<') ? 0 : samples;
    return { ...ratioOf(good, samples), sli: criterion.sli };
  }
  if (criterion.probe.startsWith('load-')) return { ...distributionOf([[1, samples]]), sli: criterion.sli };
  const groups = criterion.groups.length === 0 ? [undefined] : criterion.groups;
  const all = Array.from({ length: samples }, () =>
    groups.map((group) => sampleOf(1, group === undefined ? {} : { group })),
  );
  return { ...timingsOf(all.flat()), sli: criterion.sli };
}

function plannedFor({ probe, sli }: Criterion, { scenarios, loads, lighthouse }: Policy): number {
  const scenario = scenarios.find(({ name }) => probe === `browser-${name}`);
  if (scenario !== undefined) return scenario.visits * scenario.rounds;
  // What the target counts itself are the requests of the load, and more.
  const load = loads.find(({ name }) => probe === `load-${name}` || (probe === 'metrics-api' && name === 'diff'));
  // Only repeated requests say anything about the cache.
  if (load !== undefined)
    return Math.floor(((load.ratePerSecond * load.durationMs) / 1000) * (sli.includes('hit') ? 0.6 : 1));
  return lighthouse.find(({ name }) => probe === `lighthouse-${name}`)?.runs ?? 0;
}

describe('the shipped budgets', () => {
  it.each(cases)('of %s can pass %s', (_profile, _id, criterion, policy) => {
    const [finding] = judge(
      policy.criteria.filter(({ id }) => id === criterion.id),
      onMachine([{ ...evidenceOf([bestOf(criterion, policy)]), probe: criterion.probe }]),
      policy.errorBudget,
    );
    expect(finding?.message).toBeDefined();
    expect(finding?.outcome, finding?.message).toBe('pass');
  });
});

describe('the shipped smoke profile', () => {
  const smoke = choosePolicy(rollout, 'sha256:0', { profile: 'smoke' });
  const { maxRequests = 0, withinMs = Infinity } = smoke.bounds ?? {};

  it('leaves a verdict within a minute, and the target as it was', () => {
    expect(withinMs).toBeLessThanOrEqual(56_000);
    expect(smoke.checks.filter(({ changesTarget }) => changesTarget)).toEqual([]);
    expect(smoke.commands).toEqual([]);
  });

  it('asks every source that a minute has time for', () => {
    const sources = new Set(smoke.criteria.map(({ probe }) => probe.split('-')[0]));
    expect(sources).toEqual(new Set(['browser', 'bundle', 'checks', 'load', 'logs', 'metrics', 'sentry']));
    expect(smoke.leftOut.find(({ id }) => id === 'viewer.first-contentful-paint')?.reason).toContain('stands in');
  });

  it('puts no more load on than its ceiling leaves room for beside the visits', () => {
    const requests = smoke.loads.map((load) => (load.ratePerSecond * (load.durationMs + load.warmUpMs)) / 1000);
    expect(requests.reduce((sum, one) => sum + one, 0)).toBeLessThan(maxRequests * 0.7);
    expect(smoke.loads.reduce((sum, { ratePerSecond }) => sum + ratePerSecond, 0)).toBeLessThanOrEqual(100);
  });
});
