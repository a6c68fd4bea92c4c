/** A check that cannot fail is a defect: each criterion of the shipped rollout has a fault that must turn it red. */
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../harness/config/drill-policy.ts';
import { parseRollout } from '../harness/config/load-config.ts';
import shipped from '../rampgate.config.ts';

const { drill, criteria } = parseRollout(shipped, 'rampgate.config.ts');
if (drill === undefined) throw new Error('the shipped configuration has lost its drill');
const faults = faultsOf(drill);

describe('the catalogue of faults', () => {
  it.each(criteria.map(({ id }) => id))('turns %s red', (id) => {
    expect(faults.filter(({ turnsRed }) => turnsRed.includes(id)).length).toBeGreaterThan(0);
  });
});
