import { describe, expect, it } from 'vitest';
import type { Criterion } from '../model/criterion.ts';
import type { Evidence, Measurement } from '../model/evidence.ts';
import {
  type Calibrated,
  criterionOf,
  distributionOf,
  equal,
  evidenceOf,
  judge,
  machineOf,
  occurrencesOf,
  qualityIssueOf,
  ratioOf,
  timingsOf,
  unavailableBecause,
} from './evidence.fixture.ts';
import { judge as judgeWithin } from './judge.ts';
import { isQuiet, machineNoiseOf, slowdownOf } from './machine-noise.ts';

const budget = { falseGo: 0.025, falseNoGo: 0.025 };
const repeated = (count: number, valueMs: number): number[] => Array.from({ length: count }, () => valueMs);
const upTo = (count: number, from: number): number[] => Array.from({ length: count }, (_, index) => from + index);
const noiseOf = (calibrated: Calibrated) => machineNoiseOf([machineOf(calibrated)]);

describe('the noise floor of browser timings', () => {
  it('is nothing where the second run is as the first, sample by sample', () => {
    expect(noiseOf({}).timingsRatio).toBe(0);
  });

  // Hollander & Wolfe, example 4.1: water permeability of the human chorioamnion; exact 95 % interval of the shift
  // −0.76 to 0.15 (as R's wilcox.test gives it), so the farther end is 0.76; the median of all fifteen is 1.15.
  it('is the farther end of the shift of the two, over their median', () => {
    const first = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const second = [1.15, 0.88, 0.9, 0.74, 1.21];
    expect(noiseOf({ clicksMs: [first, second] }).timingsRatio).toBeCloseTo(0.76 / 1.15, 10);
    expect(noiseOf({ clicksMs: [second, first] }).timingsRatio).toBeCloseTo(0.76 / 1.15, 10);
  });

  it('grows with how much the same click varies', () => {
    const spread = (by: number) =>
      noiseOf({ clicksMs: [upTo(24, 100).map((ms) => 100 + (ms - 111.5) * by), repeated(24, 100)] });
    const ratios = [1, 2, 4].map((by) => spread(by).timingsRatio ?? 0);
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios[0]).toBeGreaterThan(0);
  });

  it('is not known from a handful of clicks, nor from one run alone', () => {
    expect(noiseOf({ clicksMs: [repeated(24, 100), repeated(4, 100)] }).timingsRatio).toBeNull();
    expect(noiseOf({ clicksMs: [repeated(48, 100), []] }).timingsRatio).toBeNull();
    expect(noiseOf({ clicksMs: [[], []] }).timingsRatio).toBeNull();
  });
});

describe('the noise floor of loads', () => {
  it('is nothing where all requests of both took the same time', () => {
    expect(noiseOf({}).loadsMs).toBe(0);
  });

  it('is the farthest apart that their p95s may lie, whichever was first', () => {
    // Of 200 requests, 97.5 % confidence bounds the p95 with ranks 183 and 197 (qbinom in R: 0.0125 and 0.9875).
    const even = distributionOf(upTo(200, 1).map((ms) => [ms, 1] as const));
    const late = distributionOf(upTo(200, 101).map((ms) => [ms, 1] as const));
    expect(noiseOf({ loads: [even, even] }).loadsMs).toBeCloseTo(197 - 183, 0);
    expect(noiseOf({ loads: [even, late] }).loadsMs).toBeCloseTo(297 - 183, 0);
    expect(noiseOf({ loads: [late, even] }).loadsMs).toBeCloseTo(297 - 183, 0);
  });

  it('is not known from so few requests that their p95 has no upper end', () => {
    const few = distributionOf([[1, 85]]);
    const enough = distributionOf([[1, 86]]);
    expect(noiseOf({ loads: [enough, few] }).loadsMs).toBeNull();
    expect(noiseOf({ loads: [few, enough] }).loadsMs).toBeNull();
    expect(noiseOf({ loads: [enough, enough] }).loadsMs).toBe(0);
  });
});

describe('the calibration', () => {
  const machine = machineOf({ loads: [distributionOf([[1, 200]]), distributionOf([[3, 200]])] });
  const withLoads = (...loads: readonly Measurement[]): Evidence => ({
    ...machine,
    measurements: [...machine.measurements.filter(({ kind }) => kind !== 'distribution'), ...loads],
  });
  const [first, second] = machine.measurements.filter(({ kind }) => kind === 'distribution');
  if (first === undefined || second === undefined) throw new Error('no loads');

  it('is found among other evidence, and its loads among other loads', () => {
    const other = evidenceOf([timingsOf(equal(9, 9)), distributionOf([[500, 200]])]);
    const loads = withLoads({ ...distributionOf([[500, 200]]), sli: 'another.load' }, first, second);
    expect(machineNoiseOf([other, loads])).toEqual(machineNoiseOf([machine]));
  });

  it('tells nothing of loads from one of them, nor from what is no load', () => {
    expect(machineNoiseOf([withLoads(first, second)]).loadsMs).toBeCloseTo(2, 2);
    expect(machineNoiseOf([withLoads(first)]).loadsMs).toBeNull();
    expect(machineNoiseOf([withLoads(second)]).loadsMs).toBeNull();
    expect(machineNoiseOf([withLoads(first, { ...ratioOf(0, 200), sli: second.sli })]).loadsMs).toBeNull();
  });
});

describe('fixed work', () => {
  it('takes as usual what it takes half of the time', () => {
    expect(noiseOf({ workMs: [9, 7, 50] }).referenceMs).toBe(9);
    expect(noiseOf({ workMs: [] }).referenceMs).toBeNull();
  });

  it.each([
    ['before and after', [16, 24], 2],
    ['before only', [16, 8], 1],
    ['never', [4, 4], 1],
  ] as const)('that is slower %s tells how much the machine was slowed', (_name, referenceMs, slowdown) => {
    expect(slowdownOf({ referenceMs }, noiseOf({}))).toBe(slowdown);
  });

  it('tells nothing where it was not timed', () => {
    expect(slowdownOf({}, noiseOf({}))).toBe(1);
    expect(slowdownOf({ referenceMs: [80, 80] }, noiseOf({ workMs: [] }))).toBe(1);
  });
});

describe('a machine that was not calibrated', () => {
  const latency = { statistic: { kind: 'percentile', p: 95 }, limit: { op: '<', value: 200, unit: 'ms' } } as const;
  const errors = { statistic: { kind: 'ratio' }, limit: { op: '<', value: 0.05, unit: 'ratio' } } as const;
  const seen = { statistic: { kind: 'count' }, limit: { op: '<=', value: 0, unit: 'count' } } as const;
  const outcomeOn = (machine: Evidence, criterion: Partial<Criterion>, measurement: Measurement) =>
    judge([criterionOf(criterion)], [machine, evidenceOf([measurement])])[0];
  const crashed: Evidence = { ...unavailableBecause(qualityIssueOf('probe-crashed')), probe: 'machine' };

  it('is nothing that is known', () => {
    const nothing = { calibratedAt: null, timingsRatio: null, loadsMs: null, referenceMs: null };
    expect(machineNoiseOf([])).toEqual(nothing);
    expect(machineNoiseOf([crashed])).toEqual(nothing);
    const empty = { ...evidenceOf([]), probe: 'machine' };
    expect(machineNoiseOf([empty])).toEqual({ ...nothing, calibratedAt: empty.startedAt });
  });

  it.each([
    ['timings', {}, timingsOf(equal(20, 100))],
    ['slow timings', {}, timingsOf(equal(20, 900))],
    ['loads', latency, distributionOf([[100, 2000]])],
  ] as const)('leaves %s undecided, with the reason', (_name, criterion, measurement) => {
    const finding = outcomeOn(crashed, criterion, measurement);
    expect(finding).toMatchObject({ outcome: 'inconclusive', reason: 'evidence-doubted' });
    expect(finding?.message).toContain('What happened was probe-crashed');
  });

  it.each([
    ['ratios', errors, ratioOf(0, 300)],
    ['counts', seen, occurrencesOf(0, 20)],
  ] as const)('leaves %s as they are, which have no time in them', (_name, criterion, measurement) => {
    expect(outcomeOn(crashed, criterion, measurement)).toMatchObject({ outcome: 'pass' });
  });

  it('may be known for one kind and not for the other', () => {
    const clicksOnly = machineOf({ loads: [distributionOf([]), distributionOf([])] });
    const loadsOnly = machineOf({ clicksMs: [[], []] });
    expect(outcomeOn(clicksOnly, {}, timingsOf(equal(20, 100)))).toMatchObject({ outcome: 'pass' });
    expect(outcomeOn(clicksOnly, latency, distributionOf([[100, 2000]]))).toMatchObject({ outcome: 'inconclusive' });
    expect(outcomeOn(loadsOnly, {}, timingsOf(equal(20, 100)))).toMatchObject({ outcome: 'inconclusive' });
    expect(outcomeOn(loadsOnly, latency, distributionOf([[100, 2000]]))).toMatchObject({ outcome: 'pass' });
  });

  it('is doubted in all the words of its own probe, and in no others', () => {
    const both = {
      ...unavailableBecause(qualityIssueOf('probe-crashed'), qualityIssueOf('interrupted')),
      probe: 'machine',
    };
    const [finding] = judge([criterionOf({})], [evidenceOf([timingsOf(equal(20, 100))]), both]);
    expect(finding?.message).toContain('What happened was probe-crashed; What happened was interrupted');
  });

  it('is not calibrated either where the calibration is gone without a word', () => {
    const [finding] = judgeWithin([criterionOf({})], [evidenceOf([timingsOf(equal(20, 100))])], budget);
    expect(finding?.message).toContain('there is no calibration of it');
  });
});

describe('a limit nearer than the noise floor', () => {
  // Every click of the second run took a tenth longer: the shift is 10 ms of 105.
  const noisy = machineOf({ clicksMs: [repeated(24, 100), repeated(24, 110)] });
  const at = (valueMs: number, machine = noisy, criterion: Partial<Criterion> = {}) =>
    judge([criterionOf(criterion)], [machine, evidenceOf([timingsOf(equal(20, valueMs))])])[0];

  // What others do on a machine slows everything and speeds nothing up, so a pass bears only a twentieth of its limit.
  const open = { outcome: 'inconclusive', reason: 'within-noise-floor' };

  it('leaves what lies that near to it undecided, on either side', () => {
    expect(at(290)).toMatchObject(open);
    expect(at(320)).toMatchObject(open);
  });

  it('is named with its values', () => {
    expect(at(290)?.message).toMatch(/two runs of the same thing may lie 15.0 ms apart/);
    expect(at(320)?.message).toMatch(/two runs of the same thing may lie 30.0 ms apart/);
    expect(at(290)?.needs).toMatch(/a quieter machine/);
  });

  it('takes nothing from what lies further away', () => {
    expect(at(280)).toMatchObject({ outcome: 'pass' });
    expect(at(340)).toMatchObject({ outcome: 'fail' });
    expect(at(290, machineOf({}))).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    [280, { outcome: 'fail' }],
    [290, open],
    [320, open],
    [340, { outcome: 'pass' }],
  ])('lets %i ms be too long more readily than too short under a lower limit as well', (valueMs, expected) => {
    const lower = { limit: { op: '>', value: 300, unit: 'ms' } } as const;
    const finding = at(valueMs, noisy, lower);
    expect(finding).toMatchObject(expected);
    if (expected === open) expect(finding?.message).toContain(valueMs < 300 ? '15.0 ms apart' : '30.0 ms apart');
  });

  it('is as it was measured on a machine at rest, on either side', () => {
    const quiet = machineOf({ clicksMs: [repeated(24, 100), repeated(24, 104)] });
    expect(at(290, quiet)).toMatchObject(open);
    expect(at(310, quiet)).toMatchObject(open);
    expect(at(287, quiet)).toMatchObject({ outcome: 'pass' });
    expect(at(313, quiet)).toMatchObject({ outcome: 'fail' });
  });

  it('is called too close where the instrument alone would be', () => {
    expect(at(297)).toMatchObject({ reason: 'too-close-to-limit' });
  });

  it('counts for long tasks as well', () => {
    const longestTask = { op: '<=', value: 50, unit: 'ms' } as const;
    const tasks = (longMs: number) =>
      judge(
        [criterionOf({ longestTask })],
        [noisy, evidenceOf([timingsOf(equal(30, 100, { longTasksMs: [longMs] }))])],
      )[0];
    expect(tasks(52)).toMatchObject({ outcome: 'inconclusive', reason: 'within-noise-floor' });
    expect(tasks(60)).toMatchObject({ outcome: 'fail' });
  });

  it('is that of loads for a load', () => {
    const loads = [distributionOf([[1, 200]]), distributionOf([[21, 200]])] as const;
    const latency = { statistic: { kind: 'percentile', p: 95 }, limit: { op: '<', value: 200, unit: 'ms' } } as const;
    const loaded = (latencyMs: number) =>
      judge([criterionOf(latency)], [machineOf({ loads }), evidenceOf([distributionOf([[latencyMs, 2000]])])])[0];
    expect(loaded(197)).toMatchObject(open);
    expect(loaded(215)).toMatchObject(open);
    expect(loaded(190)).toMatchObject({ outcome: 'pass' });
    expect(loaded(225)).toMatchObject({ outcome: 'fail' });
  });
});

describe('a quiet machine', () => {
  it.each<[string, Evidence, boolean]>([
    ['one without noise', machineOf({}), true],
    ['one whose clicks differ by a twentieth', machineOf({ clicksMs: [repeated(24, 100), repeated(24, 105)] }), true],
    ['one whose clicks differ by more', machineOf({ clicksMs: [repeated(24, 100), repeated(24, 106)] }), false],
    [
      'one whose loads may differ by 5.003 ms',
      machineOf({ loads: [distributionOf([[1, 200]]), distributionOf([[6, 200]])] }),
      false,
    ],
    [
      // Known to a microsecond and to four: from 1.003 to 6.003 ms.
      'one whose loads differ by 5 ms at most',
      machineOf({ loads: [distributionOf([[1.0035, 200]]), distributionOf([[6, 200]])] }),
      true,
    ],
    [
      'one whose loads differ by less',
      machineOf({ loads: [distributionOf([[1, 200]]), distributionOf([[5, 200]])] }),
      true,
    ],
    ['one that was asked about loads only', machineOf({ clicksMs: [[], []] }), true],
    ['one that was asked about clicks only', machineOf({ loads: [distributionOf([]), distributionOf([])] }), true],
    [
      'one whose calibration did not come to its end',
      { ...machineOf({}), qualityIssues: [qualityIssueOf('interrupted')] },
      false,
    ],
    [
      'one that could not be calibrated',
      { ...unavailableBecause(qualityIssueOf('probe-crashed')), probe: 'machine' },
      false,
    ],
  ])('is, or is not: %s', (_name, machine, quiet) => {
    expect(isQuiet(machine)).toBe(quiet);
  });
});
