/** A check that cannot fail is a defect: each criterion of the shipped rollout has a fault that must turn it red. */
import { describe, expect, it } from 'vitest';
import { parseRollout } from '../harness/config/load-config.ts';
import { drillOf, faultsOf } from '../harness/features/drill/drill-policy.ts';
import shipped from '../rampgate.config.ts';

const rollout = parseRollout(shipped, 'rampgate.config.ts');
const drill = drillOf(rollout, 'rampgate.config.ts');
const faults = faultsOf(drill);

describe('the catalogue of faults', () => {
  it.each(rollout.criteria.map(({ id }) => id))('turns %s red', (id) => {
    expect(faults.filter(({ turnsRed }) => turnsRed.includes(id)).length).toBeGreaterThan(0);
  });
});

describe('the fast drill', () => {
  it('has something for every kind of probe but Lighthouse, whose three runs take three quarters of a minute', () => {
    const fast = new Set(Object.values(drill.fast).flat());
    const kinds = (which: (id: string) => boolean) =>
      new Set(rollout.criteria.filter(({ id }) => which(id)).map(({ from }) => from.split(':')[0]));
    const all = kinds(() => true);
    all.delete('lighthouse');
    expect(kinds((id) => fast.has(id))).toEqual(all);
  });
});
