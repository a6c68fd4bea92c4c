import { describe, expect, it } from 'vitest';
import type { Criterion, Evidence, TimingSample } from '../model.ts';
import { criterionOf, doubtOf, equal, evidenceOf, timingsOf } from './fixtures.ts';
import { probesToAskAgain } from './undecided.ts';

const budget = { falseGo: 0.01, falseNoGo: 0.01 };

const looked = (probe: string, given: Partial<Criterion> = {}) =>
  criterionOf({ id: probe, sli: probe, probe, looks: 3, ...given });
const brought = (probe: string, samples: readonly TimingSample[], more: Partial<Evidence> = {}): Evidence =>
  ({ ...evidenceOf([{ ...timingsOf(samples), sli: probe }]), probe, ...more }) as Evidence;

const clear = equal(30, 100);
const open = [...equal(26, 100), ...equal(4, 900)];
const failing = equal(30, 900);

describe('what more samples could decide', () => {
  it.each([
    ['nothing that is clear', clear, []],
    ['what reaches across its limit', open, ['a']],
    ['what has too few samples', equal(7, 100), ['a']],
    ['nothing that has failed', failing, []],
    ['nothing that is nearer to its limit than the instrument can tell', equal(30, 297), []],
  ])('is %s', (_name, samples, expected) => {
    expect([...probesToAskAgain([looked('a')], [brought('a', samples)], budget)]).toEqual(expected);
  });

  it('is nothing once the verdict is no-go', () => {
    const evidence = [brought('a', open), brought('b', failing)];
    expect(probesToAskAgain([looked('a'), looked('b')], evidence, budget).size).toBe(0);
  });

  it('is nothing that only informs, and nothing that may be looked at once only', () => {
    const evidence = [brought('a', open)];
    expect(probesToAskAgain([looked('a', { severity: 'advisory' })], evidence, budget).size).toBe(0);
    expect(probesToAskAgain([looked('a', { looks: 1 })], evidence, budget).size).toBe(0);
  });

  it('is nothing that is doubted, and nothing that nobody has measured yet', () => {
    const doubted = brought('a', clear, { doubts: [doubtOf('scenario-crashed')] });
    expect(probesToAskAgain([looked('a'), looked('later')], [doubted], budget).size).toBe(0);
  });
});
