import { describe, expect, it } from 'vitest';
import type { Baselines } from '../model/baseline.ts';
import { acceptedRun, criterionOf, equal, timingsOf } from './evidence.fixture.ts';
import { withBaselines } from './with-baselines.ts';

const change = { kind: 'change', p: 75 } as const;
const visits = criterionOf({ id: 'visits.vs-baseline', sli: 'visits', probe: 'browser-visits', statistic: change });
const loads = criterionOf({ id: 'loads.vs-baseline', sli: 'visits', probe: 'load-diff', statistic: change });
const plain = criterionOf({ id: 'plain', sli: 'visits', probe: 'browser-visits' });

const measurements = [timingsOf(equal(20, 200), { sli: 'visits' })];
const newest = acceptedRun({ id: 'newest', browser: 'Chromium 157', measurements });
const older = acceptedRun({ id: 'older', browser: 'Chromium 156', measurements });

const release: Baselines = { kind: 'release', runs: [newest, older], none: 'there is none' };

const against = (baselines: Baselines | undefined, browser: string, criteria = [visits]) =>
  withBaselines({ criteria, ...(baselines === undefined ? {} : { baselines }) }, { browser, isInBrowser });

const isInBrowser = (evidence: string): boolean => /^(?:browser|lighthouse)-/.test(evidence);

const runsOf = ({ criteria }: ReturnType<typeof withBaselines>) =>
  criteria.map(({ statistic }) => (statistic.kind === 'change' ? statistic.baseline?.map(({ id }) => id) : null));

describe('withBaselines', () => {
  it('leaves criteria as they are that do not compare', () => {
    expect(against(undefined, 'Chromium 156', [plain])).toEqual({ criteria: [plain], leftOut: [] });
  });

  it('gives the last release accepted with the same build of the browser', () => {
    expect(runsOf(against(release, 'Chromium 157'))).toEqual([['newest']]);
    expect(runsOf(against(release, 'Chromium 156'))).toEqual([['older']]);
  });

  it('gives the last release whatever the browser, where no browser measured', () => {
    expect(runsOf(against(release, 'not used', [loads]))).toEqual([['newest']]);
  });

  it('gives all of the nightly window', () => {
    const nightly: Baselines = { ...release, kind: 'nightly', runs: [newest, { ...newest, id: 'before' }, older] };
    expect(runsOf(against(nightly, 'Chromium 157'))).toEqual([['newest', 'before']]);
  });

  describe('of promises', () => {
    const held = criterionOf({
      id: 'held',
      sli: 'kept',
      probe: 'checks-it',
      statistic: { kind: 'all', vsBaseline: true },
    });

    it('goes on where a release was accepted that made some, whatever the browser', () => {
      const contracts = { kept: { run: 'newest', release: 'r1' } };
      expect(against({ ...release, runs: [], contracts }, 'not used', [held])).toEqual({
        criteria: [held],
        leftOut: [],
      });
    });

    it('leaves it to the evidence that the store did not answer', () => {
      expect(against({ ...release, unavailable: 'gone' }, 'not used', [held]).criteria).toEqual([held]);
    });

    it.each([
      ['no release made any', release, 'No release of this target was accepted'],
      ['a release made others', { ...release, contracts: { other: { run: 'a', release: 'r' } } }, 'No release of this'],
      ['nobody asked', undefined, 'nobody asked'],
    ])('says why there are none when %s', (_, baselines, why) => {
      const { criteria, leftOut } = against(baselines, 'not used', [held]);
      expect(criteria).toEqual([]);
      expect(leftOut).toMatchObject([{ id: 'held', reason: expect.stringContaining(why) }]);
    });
  });

  it('refuses another build, with the reason, and names the criterion', () => {
    const { criteria, leftOut } = against(release, 'Chromium 158');
    expect(criteria).toEqual([]);
    expect(leftOut).toEqual([
      {
        id: 'visits.vs-baseline',
        title: visits.title,
        checklist: visits.checklist,
        reason: expect.stringContaining('another browser build: Chromium 158, not Chromium 157'),
      },
    ]);
  });

  it.each([
    ['no run was accepted', { ...release, runs: [] }],
    ['the accepted one did not pass it', { ...release, runs: [{ ...newest, measurements: [] }, older] }],
  ])('says why there is none when %s', (_, baselines) => {
    const { criteria, leftOut } = against(baselines, 'Chromium 157');
    expect(criteria).toEqual([]);
    expect(leftOut[0]?.reason).toBe('there is none');
  });

  it('names it for a run that never asked for baselines', () => {
    expect(against(undefined, 'Chromium 156').leftOut[0]?.reason).toContain('nobody asked for a baseline');
  });

  it('keeps the criterion to be judged where the store did not answer: silence never passes', () => {
    const { criteria, leftOut } = against({ ...release, unavailable: 'it refused' }, 'Chromium 156');
    expect(leftOut).toEqual([]);
    expect(criteria[0]?.statistic).toEqual({ ...change, unavailable: 'it refused' });
  });
});
