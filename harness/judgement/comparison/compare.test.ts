import { describe, expect, it } from 'vitest';
import type { Negligible } from '../../model/comparison.ts';
import type { Criterion } from '../../model/criterion.ts';
import type { Evidence, Measurement, QualityIssue } from '../../model/evidence.ts';
import {
  checksOf,
  criterionOf,
  distributionOf,
  equal,
  evidenceOf,
  growthOf,
  hitsOf,
  lossesOf,
  occurrencesOf,
  onMachine,
  qualityIssueOf,
  ratioOf,
  sampleOf,
  timingsOf,
  unavailableBecause,
} from '../evidence.fixture.ts';
import { compare } from './compare.ts';
import type { EvidencePair, PairedEvidence } from './paired-measurements.ts';

const budget = { falseGo: 0.01, falseNoGo: 0.01 };
const negligible: Negligible = { ofValue: 0.05, ofLimit: 0.01 };

function compared(criteria: readonly Criterion[], material: PairedEvidence) {
  return compare(criteria, material, { budget, negligible, refuse: () => null });
}

/** The first criterion's part of a comparison. */
function one(criterion: Partial<Criterion>, material: PairedEvidence) {
  const [first] = compared([criterionOf(criterion)], material);
  if (first === undefined) throw new Error('nothing was compared');
  return first;
}

/** Two saved runs, each on a machine without noise. */
function apart(before: Measurement, after: Measurement, qualityIssues: readonly QualityIssue[] = []): PairedEvidence {
  return {
    design: 'apart',
    pairs: [{ before: onMachine([evidenceOf([before])]), after: onMachine([evidenceOf([after], qualityIssues)]) }],
  };
}

function inTurn(pairs: readonly (readonly [Measurement, Measurement])[]): PairedEvidence {
  return { design: 'in-turn', pairs: pairs.map(([before, after]) => pairOf(before, after)) };
}

function pairOf(before: Measurement, after: Measurement, qualityIssues: readonly QualityIssue[] = []): EvidencePair {
  return { before: [evidenceOf([before])], after: [evidenceOf([after], qualityIssues)] };
}

/** So many blocks of three visits that took 200 ms, give or take, and so much longer after. */
function visits(blocks: number, laterMs: number): PairedEvidence {
  return inTurn(
    Array.from({ length: blocks }, (_, block) => {
      const usual = 200 + ((block * 7) % 11);
      const three = (byMs: number) => timingsOf([-1, 0, 1].map((jitter) => sampleOf(usual + jitter + byMs)));
      return [three(0), three(laterMs + ((block * 5) % 7) - 3)] as const;
    }),
  );
}

describe('times measured in turn', () => {
  it('are different where all blocks say so, with the shift, its interval and its effect', () => {
    expect(one({}, visits(16, 20))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      reason: 'interval-excludes-none',
      before: { statistic: 'p50', value: 205.5, unit: 'ms', samples: 48 },
      after: { samples: 48 },
      change: {
        value: expect.closeTo(20, 0),
        unit: 'ms',
        ofBefore: expect.closeTo(0.098, 2),
        confidence: expect.closeTo(0.99, 9),
      },
      effect: { kind: 'cliffs-delta', value: 1, size: 'large' },
      negligible: expect.closeTo(0.05 * 205.5, 9),
      message: expect.stringContaining('It took longer in 16 of 16 blocks.'),
    });
  });

  it('are better where they are shorter', () => {
    expect(one({}, visits(16, -20))).toMatchObject({ outcome: 'different', worse: 'no' });
  });

  it('are the same where all blocks lie within what is negligible', () => {
    const { outcome, worse, change, message } = one({}, visits(16, 0));
    expect({ outcome, worse }).toEqual({ outcome: 'same', worse: 'no' });
    expect(change?.confidence).toBeCloseTo(0.98, 9);
    expect(message).toContain('no more than the negligible 10.3 ms, either way');
  });

  it('say how many blocks it takes where there are too few of them', () => {
    expect(one({}, visits(6, 20))).toMatchObject({
      outcome: 'undecided',
      worse: 'open',
      reason: 'too-few-samples',
      needs: 'about 8 blocks on either side',
    });
    // Thirty samples are asked for, and a block has three.
    expect(one({ minSamples: 30 }, visits(9, 0))).toMatchObject({
      reason: 'too-few-samples',
      needs: 'about 10 blocks on either side',
    });
  });

  it('estimate how many blocks would decide, and say where no number would', () => {
    const spread = (values: readonly number[]) =>
      inTurn(values.map((byMs) => [timingsOf([sampleOf(200)]), timingsOf([sampleOf(200 + byMs)])] as const));
    const wide = [-30, 28, -25, 22, -18, 15, -12, 9, -5, 3, 30, -28];
    const { reason, needs } = one({}, spread(wide));
    expect(reason).toBe('interval-spans-none');
    expect(needs).toBe('about 95 blocks on either side');
    expect(one({}, spread(wide.map((byMs) => byMs + 9.9))).needs).toBe(
      'many times as many blocks, or a change that is larger',
    );
  });

  it('take a load by the percentile of its criterion', () => {
    const load = (slowMs: number) =>
      distributionOf([
        [20, 900],
        [slowMs, 100],
      ]);
    const blocks = Array.from({ length: 12 }, (_, block) => [load(90 + block), load(120 + block)] as const);
    const criterion = { statistic: { kind: 'percentile', p: 95 }, minSamples: 800 } as const;
    expect(one(criterion, inTurn(blocks))).toMatchObject({
      outcome: 'different',
      before: { statistic: 'p95', value: expect.closeTo(95.5, 0), samples: 12_000 },
      change: { value: expect.closeTo(30, 0) },
    });
  });

  it('see what took no time before, and some now', () => {
    const blocks = Array.from({ length: 12 }, () => [timingsOf(equal(3, 0)), timingsOf(equal(3, 40))] as const);
    expect(one({}, inTurn(blocks))).toMatchObject({ outcome: 'different', worse: 'yes' });
  });

  it('count what was never painted for as long as it was waited for', () => {
    const gone = timingsOf([], { losses: lossesOf(3, 'never-painted') });
    const blocks = Array.from({ length: 12 }, () => [timingsOf(equal(3, 200)), gone] as const);
    expect(one({}, inTurn(blocks))).toMatchObject({ outcome: 'different', worse: 'yes', after: { value: 5000 } });
  });

  it('are not compared where too many attempts gave no sample', () => {
    const lossy = (count: number) => timingsOf(equal(9, 200), { losses: lossesOf(count, 'step-failed') });
    const blocks = (count: number) => inTurn(Array.from({ length: 12 }, () => [lossy(0), lossy(count)] as const));
    expect(one({}, blocks(1)).outcome).toBe('same');
    expect(one({}, blocks(2))).toMatchObject({
      outcome: 'undecided',
      reason: 'evidence-doubted',
      message: expect.stringContaining('no sample after'),
    });
    const before = inTurn(Array.from({ length: 12 }, () => [lossy(2), lossy(0)] as const));
    expect(one({}, before).message).toContain('no sample before');
  });

  it('leave out blocks without a sample on one side', () => {
    const none = timingsOf([]);
    expect(one({}, inTurn([[none, timingsOf(equal(3, 200))]]))).toMatchObject({
      outcome: 'undecided',
      reason: 'no-evidence',
    });
  });

  it('are compared group by group, each with its part of the budget, and the worst part speaks', () => {
    const three = (byMs: { readonly a: number; readonly b: number; readonly c: number }) =>
      timingsOf((['a', 'b', 'c'] as const).flatMap((group) => equal(2, 100 + byMs[group], { group })));
    const blocks = Array.from(
      { length: 16 },
      () => [three({ a: 0, b: 0, c: 0 }), three({ a: 0, b: 20, c: -20 })] as const,
    );
    const result = one({ groups: ['a', 'b', 'c'] }, inTurn(blocks));
    expect(result).toMatchObject({ label: 'b', outcome: 'different', worse: 'yes' });
    expect(result.parts.map(({ label, outcome, worse }) => [label, outcome, worse])).toEqual([
      ['a', 'same', 'no'],
      ['b', 'different', 'yes'],
      ['c', 'different', 'no'],
    ]);
    expect(result.message).toMatch(/^b: .* Of 3 parts: 2 different, 1 same\.$/);
    // Two of three are different: the third has all of the budget.
    expect(result.change?.confidence).toBeCloseTo(0.99, 9);
  });

  it('let a part that is open speak before one that is better, and that before one that is the same', () => {
    const block = (index: number) => {
      const group = (name: string, byMs: number) => equal(2, 100 + byMs, { group: name });
      const wide = ((index * 7) % 16) * 2.6 - 27;
      return [
        timingsOf([...group('a', 0), ...group('b', 0), ...group('c', 0), ...group('d', 0)]),
        timingsOf([...group('a', 0), ...group('b', -20), ...group('c', wide), ...group('d', -wide)]),
      ] as const;
    };
    const blocks = inTurn(Array.from({ length: 16 }, (_, index) => block(index)));
    const labelOf = (groups: readonly string[]) => one({ groups }, blocks);
    expect(labelOf(['a', 'b'])).toMatchObject({ label: 'b', outcome: 'different', worse: 'no' });
    expect(labelOf(['a', 'b', 'c'])).toMatchObject({ label: 'c', outcome: 'undecided', worse: 'no' });
    expect(labelOf(['c', 'b'])).toMatchObject({ label: 'c' });
    expect(labelOf(['c', 'd', 'b'])).toMatchObject({ label: 'd', outcome: 'undecided', worse: 'open' });
  });
});

describe('times of two saved runs', () => {
  const run = (valueMs: number, count = 60) =>
    timingsOf(Array.from({ length: count }, (_, index) => sampleOf(valueMs + (index % 5))));

  it('are compared by the percentile of the criterion', () => {
    expect(one({}, apart(run(200), run(260)))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      before: { statistic: 'p75', value: 203, samples: 60 },
      after: { value: 263 },
      change: { value: 60 },
      effect: { value: 1 },
      message: expect.stringContaining('allows for the noise of the machine between two runs'),
    });
  });

  it('are the same within what is negligible, instrument included', () => {
    expect(one({}, apart(run(200), run(201)))).toMatchObject({ outcome: 'same', worse: 'no' });
  });

  it('need as many samples as bound the percentile, and as the criterion asks for', () => {
    expect(one({}, apart(run(200, 10), run(200, 10)))).toMatchObject({
      reason: 'too-few-samples',
      needs: 'about 19 samples on either side',
    });
    expect(one({ minSamples: 100 }, apart(run(200), run(200)))).toMatchObject({
      reason: 'too-few-samples',
      needs: 'about 100 samples on either side',
    });
  });

  it('count what was never painted for as long as it was waited for', () => {
    const late = timingsOf(equal(40, 204), { losses: lossesOf(40, 'never-painted') });
    expect(one({}, apart(run(200), late))).toMatchObject({
      outcome: 'different',
      after: { value: 5000 },
      effect: { size: 'large' },
    });
  });

  it('without samples say nothing', () => {
    expect(one({}, apart(timingsOf([]), run(200))).reason).toBe('no-evidence');
    expect(one({}, apart(run(200), timingsOf([]))).reason).toBe('no-evidence');
  });

  it('of loads as well', () => {
    const load = (latencyMs: number) => distributionOf([[latencyMs, 1800]]);
    const criterion = { statistic: { kind: 'percentile', p: 95 } } as const;
    expect(one(criterion, apart(load(100), load(140)))).toMatchObject({ outcome: 'different', worse: 'yes' });
    expect(one(criterion, apart(load(100), load(100)))).toMatchObject({ outcome: 'same' });
  });
});

describe('shares', () => {
  const errors = {
    statistic: { kind: 'ratio' },
    limit: { op: '<', value: 0.005, unit: 'ratio' },
    minSamples: 800,
  } as const;
  const hits = {
    statistic: { kind: 'ratio' },
    limit: { op: '>', value: 0.6, unit: 'ratio' },
    minSamples: 500,
  } as const;

  it('of nothing on both sides are the same as seen, with what would have shown', () => {
    const result = one(errors, apart(ratioOf(0, 1800), ratioOf(0, 1800)));
    expect(result).toMatchObject({ outcome: 'same', worse: 'no', reason: 'equal-as-seen', change: { value: 0 } });
    expect(result.change).not.toHaveProperty('interval');
    expect(result.message).toBe(
      '0 failed answers in 1800 requests before, 0 failed answers in 1800 requests after. A change by more than 0.26 % would most likely have shown.',
    );
  });

  it('of everything on both sides as well', () => {
    expect(one(hits, apart(hitsOf(900, 900), hitsOf(800, 800)))).toMatchObject({
      outcome: 'same',
      reason: 'equal-as-seen',
    });
  });

  it('of too few are not', () => {
    expect(one(errors, apart(ratioOf(0, 100), ratioOf(0, 100)))).toMatchObject({
      outcome: 'undecided',
      reason: 'too-few-samples',
      needs: 'about 800 requests on either side',
    });
    expect(one(errors, apart(ratioOf(0, 0), ratioOf(0, 100)))).toMatchObject({ reason: 'no-evidence' });
    expect(one(errors, apart(ratioOf(0, 100), ratioOf(0, 0)))).toMatchObject({ reason: 'no-evidence' });
  });

  it('are different by their exact intervals', () => {
    expect(one(errors, apart(ratioOf(0, 1800), ratioOf(30, 1800)))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      change: { value: expect.closeTo(30 / 1800, 9), ofBefore: null },
      effect: { kind: 'cohens-h' },
    });
    expect(one(hits, apart(hitsOf(900, 1000), hitsOf(600, 1000)))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
    });
    expect(one(hits, apart(hitsOf(600, 1000), hitsOf(900, 1000)))).toMatchObject({ outcome: 'different', worse: 'no' });
  });

  it('that one error makes are open', () => {
    expect(one(errors, apart(ratioOf(1, 1800), ratioOf(0, 1800)))).toMatchObject({
      outcome: 'undecided',
      worse: 'open',
    });
  });

  it('that nobody can tell are taken for both ends', () => {
    const unclear = { ...ratioOf(0, 1800), unclear: { atMost: 200, within: 'the buckets', needs: 'a bucket' } };
    expect(one(errors, apart(unclear, ratioOf(30, 1800)))).toMatchObject({ outcome: 'undecided' });
    expect(one(errors, apart(unclear, { ...unclear, numerator: 0 }))).toMatchObject({ outcome: 'undecided' });
    expect(one(errors, apart(ratioOf(0, 1800), unclear))).toMatchObject({ outcome: 'undecided', worse: 'open' });
  });

  it('are compared block by block where each has both kinds', () => {
    // Hits come in runs: what varies is when, not how many.
    const block = (misses: number) => ({
      ...hitsOf(200 - misses, 200),
      slices: [0, 1, 2, 3].map((second) => ({ second, numerator: second === 0 ? 50 - misses : 50, denominator: 50 })),
    });
    const blocks = Array.from(
      { length: 12 },
      (_, index) => [block(20 + (index % 3)), block(20 + ((index + 1) % 3))] as const,
    );
    expect(one(hits, inTurn(blocks))).toMatchObject({
      outcome: 'same',
      change: { interval: [expect.any(Number), expect.any(Number)] },
    });
    expect(one(hits, inTurn(blocks.slice(0, 6)))).toMatchObject({
      reason: 'too-few-samples',
      needs: 'about 8 blocks on either side',
    });
    const rare = Array.from({ length: 12 }, (_, index) => [block(index % 2), block(0)] as const);
    expect(one(hits, inTurn(rare)).needs ?? '').not.toContain('blocks');
    const unclear = { ...block(20), unclear: { atMost: 190, within: 'the buckets', needs: 'a bucket' } };
    expect(one(hits, inTurn(Array.from({ length: 12 }, () => [unclear, unclear] as const))).needs ?? '').not.toContain(
      'blocks',
    );
  });
});

describe('counts', () => {
  const few = { statistic: { kind: 'count' }, limit: { op: '<=', value: 0, unit: 'count' }, minSamples: 10 } as const;
  const many = { ...few, limit: { op: '>=', value: 3, unit: 'count' } } as const;

  it('of none on both sides are the same as seen', () => {
    expect(one(few, apart(occurrencesOf(0, 30), occurrencesOf(0, 28)))).toMatchObject({
      outcome: 'same',
      worse: 'no',
      reason: 'equal-as-seen',
      message: 'Seen 0 in 30 visits before, and 0 in 28 visits after.',
    });
    expect(one(few, apart(occurrencesOf(4, 30), occurrencesOf(4, 30)))).toMatchObject({ outcome: 'same' });
  });

  it('of too few chances are open', () => {
    expect(one(few, apart(occurrencesOf(0, 9), occurrencesOf(0, 30)))).toMatchObject({
      outcome: 'undecided',
      worse: 'open',
      reason: 'too-few-samples',
      needs: 'at least 10 visits on either side',
    });
    expect(one(many, apart(occurrencesOf(5, 9), occurrencesOf(5, 30)))).toMatchObject({ reason: 'too-few-samples' });
    expect(one(few, apart(occurrencesOf(1, 9), occurrencesOf(0, 9)))).toMatchObject({
      outcome: 'undecided',
      needs: 'about 10 visits on either side',
    });
  });

  it('are different where chance would hardly make so much of it', () => {
    expect(one(few, apart(occurrencesOf(0, 30), occurrencesOf(30, 30, ['boom'])))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      change: { value: 30, unit: 'count', interval: [expect.any(Number), 30] },
      message: expect.stringContaining('For example: boom'),
    });
    expect(one(few, apart(occurrencesOf(30, 30), occurrencesOf(0, 30)))).toMatchObject({
      outcome: 'different',
      worse: 'no',
    });
    // One in thirty may be chance.
    expect(one(few, apart(occurrencesOf(0, 30), occurrencesOf(1, 30)))).toMatchObject({
      outcome: 'undecided',
      worse: 'open',
    });
  });

  it('know that twice the chances bring twice as many', () => {
    const result = one(few, apart(occurrencesOf(20, 30), occurrencesOf(40, 60)));
    expect(result).toMatchObject({ outcome: 'undecided', change: { value: 0 } });
    expect(result.change?.interval?.[0]).toBeLessThan(0);
  });

  it('of what must be there are about whether it is', () => {
    expect(one(many, apart(occurrencesOf(5, 30), occurrencesOf(4, 30)))).toMatchObject({
      outcome: 'same',
      reason: 'equal-as-seen',
    });
    expect(one(many, apart(occurrencesOf(5, 30), occurrencesOf(2, 30)))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      reason: 'unequal-as-seen',
    });
    expect(one(many, apart(occurrencesOf(2, 30), occurrencesOf(5, 30)))).toMatchObject({
      outcome: 'different',
      worse: 'no',
    });
  });

  it('add the blocks up', () => {
    const blocks = Array.from({ length: 12 }, () => [occurrencesOf(0, 3), occurrencesOf(1, 3, ['boom'])] as const);
    expect(one(few, inTurn(blocks))).toMatchObject({ outcome: 'different', after: { value: 12, samples: 36 } });
  });
});

describe('statements', () => {
  const all = { statistic: { kind: 'all' }, limit: { op: '<=', value: 0, unit: 'count' } } as const;

  it('are the same where each is as it was', () => {
    expect(one(all, apart(checksOf(true, true), checksOf(true, true)))).toMatchObject({
      outcome: 'same',
      message: '2 statements true before and after.',
    });
    expect(one(all, apart(checksOf(true, false), checksOf(true, false)))).toMatchObject({
      outcome: 'same',
      worse: 'no',
      before: { value: 1 },
    });
  });

  it('that are no longer true are worse, with what is said instead', () => {
    expect(one(all, apart(checksOf(true, true), checksOf(true, false)))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      reason: 'unequal-as-seen',
      message: '1 no longer true: row 2 (expected 3 additions, was 5); 1 statement true before and after.',
    });
    // Nobody had said it before, and it is not true.
    expect(one(all, apart(checksOf(true), checksOf(true, false)))).toMatchObject({ worse: 'yes' });
  });

  it('that are true again are better', () => {
    expect(one(all, apart(checksOf(false), checksOf(true)))).toMatchObject({ outcome: 'different', worse: 'no' });
  });

  it('that are not said any more leave it open, as no statements do', () => {
    expect(one(all, apart(checksOf(true, true), checksOf(true)))).toMatchObject({
      outcome: 'undecided',
      reason: 'no-evidence',
    });
    expect(one(all, apart(checksOf(true, false), checksOf(true)))).toMatchObject({ outcome: 'undecided' });
    expect(one(all, apart(checksOf(), checksOf()))).toMatchObject({
      outcome: 'undecided',
      needs: 'the same statements on both sides',
    });
  });

  it('are named up to three', () => {
    const { message } = one(
      all,
      apart(checksOf(true, true, true, true, true), checksOf(false, false, false, false, false)),
    );
    expect(message).toContain('5 no longer true');
    expect(message).toContain(', and 2 more');
  });

  it('made in several blocks are true when they are each time', () => {
    expect(
      one(
        all,
        inTurn([
          [checksOf(true), checksOf(false)],
          [checksOf(true), checksOf(true)],
        ]),
      ),
    ).toMatchObject({ worse: 'yes' });
  });
});

describe('sizes', () => {
  const growth = { statistic: { kind: 'growth' }, limit: { op: '<', value: 0.05, unit: 'ratio' } } as const;
  const scripts = (now: { readonly [name: string]: number | null }) =>
    growthOf(Object.fromEntries(Object.entries(now).map(([name, size]) => [name, [1, size] as const])));

  it('are compared byte by byte, with what changed most', () => {
    const before = scripts({ main: 300_000, lazy: 30_000, gone: 3000 });
    expect(one(growth, apart(before, before))).toMatchObject({
      outcome: 'same',
      reason: 'equal-as-seen',
      message: 'scripts went from 111 kB to 111 kB (gzip); each is as large as before.',
    });
    expect(one(growth, apart(before, scripts({ main: 330_000, lazy: 30_000, new: 3000, gone: null })))).toMatchObject({
      outcome: 'different',
      worse: 'yes',
      before: { statistic: 'gzip', unit: 'bytes', samples: 3 },
      message: 'scripts went from 111 kB to 121 kB (gzip): main +10.0 kB, gone -1.0 kB, new +1.0 kB.',
    });
    expect(one(growth, apart(before, scripts({ main: 200_000 })))).toMatchObject({ outcome: 'different', worse: 'no' });
  });

  it('that changed by a hair are the same', () => {
    const [before, after] = [scripts({ main: 300_000 }), scripts({ main: 300_300 })];
    expect(one(growth, apart(before, after))).toMatchObject({ outcome: 'same', reason: 'interval-within-negligible' });
  });

  it('of many that changed name the largest', () => {
    const all = (size: number) => scripts(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, size])));
    expect(one(growth, apart(all(30_000), all(60_000))).message).toContain(', and 1 more.');
  });

  it('of nothing say nothing', () => {
    expect(one(growth, apart(scripts({ main: null }), scripts({ main: 1 })))).toMatchObject({ reason: 'no-evidence' });
    expect(one(growth, apart(scripts({ main: 1 }), scripts({ main: null })))).toMatchObject({ reason: 'no-evidence' });
  });
});

describe('what cannot be compared', () => {
  const timed = timingsOf(equal(60, 200));

  it('is what nobody measured', () => {
    const other: Evidence = { ...evidenceOf([]), probe: 'another' };
    expect(one({}, { design: 'apart', pairs: [{ before: [other], after: [other] }] })).toMatchObject({
      outcome: 'undecided',
      worse: 'open',
      reason: 'no-evidence',
      message: 'Neither side measured it.',
    });
    expect(one({}, { design: 'apart', pairs: [{ before: [], after: [evidenceOf([timed])] }] }).message).toBe(
      'It cannot be compared: before: it was not measured.',
    );
    expect(
      one(
        {},
        {
          design: 'apart',
          pairs: [{ before: [evidenceOf([timed])], after: [unavailableBecause(qualityIssueOf('probe-crashed'))] }],
        },
      ).message,
    ).toBe('It cannot be compared: after: What happened was probe-crashed.');
  });

  it('is what is doubted, but not for failing so much that it was ended', () => {
    expect(
      one({}, apart(timed, timed, [qualityIssueOf('schedule-not-kept'), qualityIssueOf('interrupted')])),
    ).toMatchObject({
      outcome: 'undecided',
      reason: 'evidence-doubted',
      message: 'It cannot be compared: after: What happened was schedule-not-kept; What happened was interrupted.',
    });
    expect(
      one({}, apart(timed, timed, [qualityIssueOf('scenario-stopped'), qualityIssueOf('load-stopped')])).outcome,
    ).toBe('same');
    expect(one({}, apart(timed, timed, [qualityIssueOf('interrupted', ['another.sli'])])).outcome).toBe('same');
  });

  it('are blocks that are doubted: a few are left out, and named', () => {
    const good = pairOf(timed, timed);
    const bad = pairOf(timed, timed, [qualityIssueOf('generator-saturated')]);
    const mixed = (bads: number): PairedEvidence => ({
      design: 'in-turn',
      pairs: Array.from({ length: 12 }, (_, index) => (index < bads ? bad : good)),
    });
    expect(one({}, mixed(3)).message).toContain('Left out: 3 blocks (after: What happened was generator-saturated).');
    expect(one({}, mixed(4))).toMatchObject({
      reason: 'evidence-doubted',
      message: 'Too many of 12 blocks cannot be compared: after: What happened was generator-saturated.',
    });
  });

  it('is one kind with another, or a kind that the criterion does not ask for', () => {
    expect(one({}, apart(timed, distributionOf([[1, 100]])))).toMatchObject({
      reason: 'wrong-kind-of-evidence',
      message: 'It cannot be compared: one side brought timings, the other distribution.',
    });
    const kinds: readonly Criterion['statistic'][] = [
      { kind: 'ratio' },
      { kind: 'count' },
      { kind: 'all' },
      { kind: 'growth' },
    ];
    for (const statistic of kinds) {
      expect(one({ statistic }, apart(timed, timed))).toMatchObject({
        outcome: 'undecided',
        reason: 'wrong-kind-of-evidence',
        message: `What was measured is no material for "${statistic.kind}".`,
      });
    }
    expect(one({}, apart(checksOf(true), checksOf(true))).reason).toBe('wrong-kind-of-evidence');
    expect(one({ statistic: { kind: 'change', p: 75 } }, apart(timed, timed)).reason).toBe('wrong-kind-of-evidence');
  });

  it('is what was measured under another key', () => {
    const refusal = { reason: 'not-comparable', message: 'Another machine.', needs: 'the same machine' } as const;
    const [refused] = compare([criterionOf({})], apart(timed, timed), { budget, negligible, refuse: () => refusal });
    expect(refused).toMatchObject({ outcome: 'undecided', worse: 'open', ...refusal, before: null });
  });
});

describe('all criteria together', () => {
  it('share the budget for calling anything different', () => {
    const confidenceOf = (others: number) => {
      const criteria = Array.from({ length: others + 1 }, (_, index) =>
        criterionOf({ id: `c.${index}`, severity: index % 2 ? 'advisory' : 'blocking' }),
      );
      return compared(criteria, visits(7, 20)).map(({ change }) => change?.confidence)[0];
    };
    expect(confidenceOf(0)).toBeCloseTo(0.99, 9);
    expect(confidenceOf(3)).toBeCloseTo(0.9975, 9);
  });

  it('call a block of nothing but chance different hardly ever', () => {
    let state = 20_261_128;
    const random = () => {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return state / 2 ** 32;
    };
    // Bursts: one visit in five takes half as long again.
    const visit = () => sampleOf(200 + 20 * random() + (random() < 0.2 ? 100 * random() : 0));
    const three = () => timingsOf([visit(), visit(), visit()]);
    let different = 0;
    for (let round = 0; round < 300; round += 1) {
      const { outcome } = one({}, inTurn(Array.from({ length: 12 }, () => [three(), three()] as const)));
      if (outcome === 'different') different += 1;
    }
    expect(different).toBeLessThanOrEqual(6);
  });
});
