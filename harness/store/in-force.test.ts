import { describe, expect, it } from 'vitest';
import { actorOf } from '../lib/actor.ts';
import type { BaselineKind } from '../model/baseline.ts';
import { chosenDecisions, windowSize } from './choose-baselines.ts';
import type { BaselineDecision } from './decision.ts';
import { inForce } from './in-force.ts';
import { decisionAt, runOf } from './runs.fixture.ts';
import { runKey, whyNotComparable } from './series-key.ts';
import { environmentOf } from './stored-run.ts';

interface Decided {
  readonly run: string;
  readonly what?: BaselineDecision['what'];
  readonly kind?: BaselineKind;
  readonly browser?: string;
}

const decided = (...all: readonly Decided[]): BaselineDecision[] =>
  all.map(({ run, what = 'accept', kind = 'release', browser = 'Chromium 156' }, day) => ({
    ...decisionAt(`2026-11-${String(day + 1).padStart(2, '0')}T00:00:00.000Z`, runOf({ id: run, browser })),
    id: `${day}`,
    what,
    kind,
  }));

const idsOf = (decisions: readonly BaselineDecision[]): string[] => decisions.map(({ run }) => run.id);

describe('inForce', () => {
  it('is what was accepted and not rejected since, whatever order it comes in', () => {
    const decisions = decided({ run: 'a' }, { run: 'b' }, { run: 'a', what: 'reject' });
    expect(idsOf(inForce(decisions))).toEqual(['b']);
    expect(idsOf(inForce(decisions.toReversed()))).toEqual(['b']);
  });

  it('takes a rejected run out of every kind, until it is accepted again', () => {
    const both: Decided[] = [{ run: 'a' }, { run: 'a', kind: 'nightly' }];
    expect(inForce(decided(...both))).toHaveLength(2);
    expect(inForce(decided(...both, { run: 'a', what: 'reject' }))).toEqual([]);
    expect(idsOf(inForce(decided(...both, { run: 'a', what: 'reject' }, { run: 'a' })))).toEqual(['a']);
  });

  it('counts a run that was accepted twice once, as of the later time', () => {
    const [first] = inForce(decided({ run: 'a' }, { run: 'b' }, { run: 'a' })).toReversed();
    expect(first?.id).toBe('2');
  });
});

describe('chosenDecisions', () => {
  const key = runKey(runOf({ id: 'now' }));

  it('is the last release of each build of a browser, newest first', () => {
    const decisions = decided({ run: 'a' }, { run: 'b', browser: 'Chromium 157' }, { run: 'c' });
    expect(idsOf(chosenDecisions(decisions, { kind: 'release', key }))).toEqual(['c', 'b']);
  });

  it('is a window of nightly runs', () => {
    const nights = Array.from({ length: 15 }, (_, night): Decided => ({ run: `night-${night}`, kind: 'nightly' }));
    const chosen = idsOf(chosenDecisions(decided({ run: 'a' }, ...nights), { kind: 'nightly', key }));
    expect(chosen).toHaveLength(windowSize);
    expect(chosen.at(0)).toBe('night-14');
  });

  it.each([
    ['rollout', 'another rollout: a rollout, not other'],
    ['target', 'another target: demo, not other'],
    ['environment', 'another environment: this machine, not other'],
    ['profile', 'another profile: pre-ramp, not other'],
    ['machineClass', 'another machine class: a machine, not other'],
  ])('has nothing of another %s', (part, why) => {
    const other = runOf({ id: 'a', [part]: 'other' });
    const decision = decisionAt('2026-11-01T00:00:00.000Z', other);
    expect(chosenDecisions([decision], { kind: 'release', key })).toEqual([]);
    expect(whyNotComparable(key, runKey(other))).toEqual([why]);
  });

  it('has nothing of another major version of Rampgate', () => {
    const decision = decisionAt('2026-11-01T00:00:00.000Z', runOf({ id: 'a', toolVersion: '1.0.0' }));
    expect(chosenDecisions([decision], { kind: 'release', key })).toEqual([]);
  });
});

describe('environmentOf', () => {
  it.each([
    ['http://127.0.0.1:4173', 'http://localhost:8080/api', 'this machine'],
    ['https://app.example.org', 'https://api.example.org:8443/v1', 'app.example.org, api.example.org:8443'],
    ['https://app.example.org', 'https://app.example.org/api', 'app.example.org'],
    ['somewhere', 'http://[::1]:1', 'somewhere, this machine'],
  ])('of %s and %s is %s', (web, api, environment) => {
    expect(environmentOf({ web, api })).toBe(environment);
  });
});

describe('actorOf', () => {
  it.each([
    [{ GITHUB_ACTOR: 'octocat', USER: 'runner' }, 'octocat (CI)'],
    [{ USER: 'ada' }, 'ada'],
    [{ USERNAME: 'ada', USER: '' }, 'ada'],
    [{}, 'somebody unknown'],
  ])('of %j is %s', (env, actor) => {
    expect(actorOf(env)).toBe(actor);
  });
});
