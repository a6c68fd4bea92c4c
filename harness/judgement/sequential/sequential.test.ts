import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedSince, type Detector, type DetectorRule, isRaised, look, startDetector } from './change-detector.ts';
import { complement, shareSequence } from './confidence-sequence.ts';
import { type Bound, logEvidence, logRatio, logSum } from './evidence.ts';

/** A generator of uniform numbers, the same for the same seed: mulberry32. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hitsOf(count: number, share: number, random: () => number): number {
  let hits = 0;
  for (let one = 0; one < count; one += 1) if (random() < share) hits += 1;
  return hits;
}

const twoPercent: Bound = { kind: 'share', value: 0.02 };

describe('evidence against a bound', () => {
  it('is the likelihood ratio of Wald’s test', () => {
    // Twice the odds of 2 % are 0.02·2/(0.98 + 0.02·2) = 3.9216 %.
    const other = 0.04 / 1.02;
    const byHand = 3 * Math.log(other / 0.02) + 97 * Math.log((1 - other) / 0.98);
    expect(logRatio({ hits: 3, exposure: 100 }, twoPercent, 2)).toBeCloseTo(byHand, 10);
  });

  it('is the likelihood ratio of two Poisson rates', () => {
    const byHand = 8 * Math.log(2) - (10 - 5) * 1;
    expect(logRatio({ hits: 8, exposure: 1 }, { kind: 'rate', value: 5 }, 2)).toBeCloseTo(byHand, 10);
  });

  it('is none of nothing, and rules out odds of zero at the first hit', () => {
    expect(logEvidence({ hits: 0, exposure: 0 }, twoPercent, 'more')).toBeCloseTo(0, 12);
    expect(logEvidence({ hits: 0, exposure: 0 }, twoPercent, 'fewer')).toBeCloseTo(0, 12);
    expect(logRatio({ hits: 1, exposure: 0 }, twoPercent, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logRatio({ hits: 1, exposure: 10 }, twoPercent, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logSum([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is expected to be 1 at the bound, whatever the odds', () => {
    for (const odds of [0, 0.5, 2, 30]) {
      const none = Math.exp(logRatio({ hits: 0, exposure: 1 }, twoPercent, odds));
      const one = Math.exp(logRatio({ hits: 1, exposure: 1 }, twoPercent, odds));
      expect(0.98 * none + 0.02 * one).toBeCloseTo(1, 10);
    }
  });

  it('adds logarithms without overflow', () => {
    expect(logSum([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 10);
  });

  it('grows with every hit, and shrinks with everything that is none', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(500), (hits, others) => {
        const now = logEvidence({ hits, exposure: hits + others }, twoPercent, 'more');
        expect(logEvidence({ hits: hits + 1, exposure: hits + others + 1 }, twoPercent, 'more')).toBeGreaterThan(now);
        expect(logEvidence({ hits, exposure: hits + others + 1 }, twoPercent, 'more')).toBeLessThan(now);
      }),
    );
  });
});

describe('a confidence sequence', () => {
  const errors = { lower: 0.01, upper: 0.01 };

  it('holds everything where nothing was counted', () => {
    expect(shareSequence({ surely: 0, perhaps: 0, exposure: 0 }, errors)).toEqual([0, 1]);
  });

  it('holds what was seen, and narrows', () => {
    const [few, many] = [100, 10_000].map((exposure) =>
      shareSequence({ surely: exposure / 10, perhaps: exposure / 10, exposure }, errors),
    );
    for (const [lower, upper] of [few ?? [0, 0], many ?? [0, 0]]) {
      expect(lower).toBeLessThan(0.1);
      expect(upper).toBeGreaterThan(0.1);
    }
    expect((many?.[1] ?? 0) - (many?.[0] ?? 0)).toBeLessThan(((few?.[1] ?? 0) - (few?.[0] ?? 0)) / 5);
  });

  it('is wider where the source leaves open what is a hit', () => {
    const [lower, upper] = shareSequence({ surely: 5, perhaps: 5, exposure: 500 }, errors);
    const [least, most] = shareSequence({ surely: 2, perhaps: 9, exposure: 500 }, errors);
    expect(least).toBeLessThan(lower);
    expect(most).toBeGreaterThan(upper);
  });

  it('reaches the ends where all or none are hits', () => {
    const [none] = shareSequence({ surely: 0, perhaps: 0, exposure: 50 }, errors);
    const [, all] = shareSequence({ surely: 50, perhaps: 50, exposure: 50 }, errors);
    expect(none).toBeCloseTo(0, 9);
    expect(all).toBeCloseTo(1, 9);
  });

  it('is complement around with what it is about', () => {
    expect(complement([0.1, 0.4])).toEqual([0.6, 0.9]);
  });

  it('misses a true share in no more watches than stated, though looked at after each of 200 samples', () => {
    let missed = 0;
    const watches = 200;
    for (let seed = 1; seed <= watches; seed += 1) {
      const random = uniform(seed);
      let [hits, exposure] = [0, 0];
      let isWrong = false;
      for (let sample = 0; sample < 200; sample += 1) {
        hits += hitsOf(40, 0.02, random);
        exposure += 40;
        // Outside the interval is the same as evidence against the truth itself.
        const against = (['more', 'fewer'] as const).map((side) => logEvidence({ hits, exposure }, twoPercent, side));
        isWrong ||= Math.max(...against) >= Math.log(1 / 0.05);
      }
      missed += Number(isWrong);
    }
    // 5 % on each side: 20 expected at the most, 34 is three standard deviations more.
    expect(missed).toBeLessThanOrEqual(34);
  });
});

describe('the change detector', () => {
  const rule: DetectorRule = { bound: twoPercent, against: 'more', looks: 240, falseAlerts: 0.001 };

  /** The look at which it is raised, from 0; null when it never is. */
  function raisedAt(hits: readonly number[], size = 75, asked = rule): { at: number; since: number | null } | null {
    let detector: Detector = startDetector(asked);
    for (const [at, one] of hits.entries()) {
      detector = look(detector, asked, { hits: one, exposure: size, at });
      if (isRaised(detector, asked)) return { at, since: changedSince(detector) };
    }
    return null;
  }

  it('is quiet before it has seen anything, and after a look at nothing', () => {
    const fresh = startDetector(rule);
    expect(isRaised(fresh, rule)).toBe(false);
    expect(changedSince(fresh)).toBeNull();
    expect(look(fresh, rule, { hits: 0, exposure: 0, at: 0 })).toBe(fresh);
  });

  it('is not raised by one look or two, whatever they saw', () => {
    expect(raisedAt([75, 75, ...Array<number>(100).fill(0)])).toBeNull();
    expect(raisedAt([...Array<number>(100).fill(0), 75, 75, ...Array<number>(20).fill(0)])).toBeNull();
  });

  it('is raised by three looks that leave no doubt, and knows since when', () => {
    const healthy = Array<number>(80).fill(0);
    expect(raisedAt([...healthy, 30, 30, 30])).toEqual({ at: 82, since: 80 });
    expect(raisedAt([...healthy, 75, 75, 75])).toEqual({ at: 82, since: 80 });
  });

  it('forgets a blip, so that another one later is none the worse; several soon after each other are no blips', () => {
    const blips = (apart: number) => Array.from({ length: 90 }, (_, index) => (index % apart === 0 ? 75 : 0));
    expect(raisedAt(blips(40))).toBeNull();
    expect(raisedAt(blips(4))).not.toBeNull();
  });

  it('sees what is only a little beyond the bound, after a while', () => {
    const random = uniform(7);
    const hits = Array.from({ length: 200 }, (_, index) => hitsOf(75, index < 40 ? 0.002 : 0.06, random));
    const raised = raisedAt(hits);
    expect(raised?.at).toBeGreaterThan(40);
    expect(raised?.at).toBeLessThan(55);
    expect(Math.abs((raised?.since ?? 0) - 40)).toBeLessThanOrEqual(5);
  });

  it.each([0.1, 0.2, 0.5, 1])(
    'is raised within two looks, in 32 of 40 watches, of when a rule could be that knows beforehand that the share will be %d',
    (share) => {
      let late = 0;
      for (let seed = 1; seed <= 40; seed += 1) {
        const random = uniform(seed);
        const hits = Array.from({ length: 100 }, (_, index) => hitsOf(75, index < 40 ? 0.002 : share, random));
        const odds = (share / (1 - Math.min(share, 0.99))) * (0.98 / 0.02);
        let [sum, detectable] = [0, 40];
        for (const [index, one] of hits.entries()) {
          if (index < 40 || sum >= Math.log(rule.looks / rule.falseAlerts)) continue;
          sum += logRatio({ hits: one, exposure: 75 }, twoPercent, odds);
          detectable = index;
        }
        late += Number((raisedAt(hits)?.at ?? 1000) - detectable > 2);
      }
      expect(late).toBeLessThanOrEqual(8);
    },
  );

  it('sees too few where that is bad, and too many in too short a time', () => {
    const fewer: DetectorRule = {
      bound: { kind: 'share', value: 0.6 },
      against: 'fewer',
      looks: 10,
      falseAlerts: 0.01,
    };
    expect(raisedAt([20, 0, 0, 0], 30, fewer)?.at).toBe(3);
    const rate: DetectorRule = { bound: { kind: 'rate', value: 5 }, against: 'more', looks: 120, falseAlerts: 0.001 };
    expect(raisedAt([0, 0, 30, 30, 30], 1, rate)).toEqual({ at: 4, since: 2 });
    expect(raisedAt(Array<number>(100).fill(4), 1, rate)).toBeNull();
  });

  it('looks for no change that begins after the last planned look', () => {
    const short: DetectorRule = { ...rule, looks: 2 };
    const none = look({ begun: 2, odds: startDetector(short).odds }, short, { hits: 75, exposure: 75, at: 3 });
    expect(none.odds.every(({ logTotal }) => logTotal === null)).toBe(true);
  });

  it('can be kept as JSON at any moment', () => {
    const extreme = look(startDetector(rule), rule, { hits: 0, exposure: 1e12, at: 0 });
    expect(JSON.parse(JSON.stringify(extreme))).toEqual(extreme);
  });

  it('is raised in no more of 400 watches than it may, with a share that is exactly the bound', () => {
    const generous: DetectorRule = { ...rule, falseAlerts: 0.05 };
    let raised = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = uniform(seed);
      const hits = Array.from({ length: 240 }, () => hitsOf(75, 0.02, random));
      raised += Number(raisedAt(hits, 75, generous) !== null);
    }
    // 20 of 400 may be; three standard deviations more are 33.
    expect(raised).toBeLessThanOrEqual(20);
  });
});
