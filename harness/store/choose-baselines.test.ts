import { describe, expect, it } from 'vitest';
import type { BaselineKind } from '../model/baseline.ts';
import { baselinesFrom, chosenDecisions, releasesOf, windowSize } from './choose-baselines.ts';
import type { AcceptedBaseline } from './decision.ts';
import { decisionAt, runOf } from './runs.fixture.ts';
import { runKey } from './series-key.ts';
import type { StoredRun } from './stored-run.ts';

const key = runKey(runOf({ id: 'now' }));

function acceptedOn(day: number, given: Partial<StoredRun> = {}, kind: BaselineKind = 'release'): AcceptedBaseline {
  const at = `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  return { ...decisionAt(at, runOf({ id: `run-${day}`, ...given })), kind };
}

const idsOf = (decisions: readonly { readonly run: { readonly id: string } }[]): string[] =>
  decisions.map(({ run }) => run.id);

describe('what a run may be compared with', () => {
  it.each<[Partial<StoredRun>, string]>([
    [{ rollout: 'another' }, 'another rollout: a rollout, not another'],
    [{ target: 'staging' }, 'another target: demo, not staging'],
    [{ environment: 'staging.example.com' }, 'another environment: this machine, not staging.example.com'],
    [{ profile: 'smoke' }, 'another profile: pre-ramp, not smoke'],
    [{ machineClass: 'a faster one' }, 'another machine class: a machine, not a faster one'],
    [{ toolVersion: '1.0.0' }, 'another major version of Rampgate: 0, not 1'],
  ])('is nothing of another key, and it is said which part is other: %o', (other, reason) => {
    const accepted = [acceptedOn(1, other)];
    const chosen = chosenDecisions(accepted, { kind: 'release', key });
    expect(chosen).toEqual([]);
    const { runs, none } = baselinesFrom([], accepted, { kind: 'release', key });
    expect(runs).toEqual([]);
    expect(none).toContain('with the newest one (run-1) a comparison is refused: ');
    expect(none).toContain(reason);
    expect(none.split('; ')).toHaveLength(1);
  });

  it('names every part that is other', () => {
    const accepted = [acceptedOn(1, { profile: 'smoke', machineClass: 'a faster one' })];
    const { none } = baselinesFrom([], accepted, { kind: 'release', key });
    expect(none).toMatch(/another profile: .*; another machine class: /);
  });

  it('is the last release, with each build of the browser', () => {
    const accepted = [acceptedOn(1, { browser: 'Chromium 157' }), acceptedOn(2), acceptedOn(3)];
    expect(idsOf(chosenDecisions(accepted, { kind: 'release', key }))).toEqual(['run-3', 'run-1']);
  });

  it('is so many nights, the newest first, and no release among them', () => {
    const nights = Array.from({ length: windowSize + 3 }, (_, at) => acceptedOn(at + 1, {}, 'nightly'));
    const chosen = idsOf(chosenDecisions([...nights, acceptedOn(29)], { kind: 'nightly', key }));
    expect(chosen).toHaveLength(windowSize);
    expect([chosen[0], chosen.at(-1)]).toEqual(['run-13', 'run-4']);
  });

  it('is of scripts and promises the releases of the target, whatever machine and profile', () => {
    const others = { machineClass: 'a faster one', profile: 'nightly', browser: 'Chromium 157' };
    const accepted = [
      acceptedOn(1),
      acceptedOn(2, others),
      acceptedOn(3, { target: 'staging' }),
      acceptedOn(4, {}, 'nightly'),
    ];
    expect(idsOf(releasesOf(accepted, key))).toEqual(['run-2', 'run-1']);
  });
});
