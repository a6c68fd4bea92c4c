/** A check that cannot fail is a defect: each criterion of the shipped rollout has a fault that must turn it red. */
import { describe, expect, it } from 'vitest';
import { drillOf, faultsOf } from '../harness/config/drill-policy.ts';
import { parseRollout } from '../harness/config/load-config.ts';
import shipped from '../rampgate.config.ts';

const rollout = parseRollout(shipped, 'rampgate.config.ts');
const faults = faultsOf(drillOf(rollout, 'rampgate.config.ts'));

describe('the catalogue of faults', () => {
  it.each(rollout.criteria.map(({ id }) => id))('turns %s red', (id) => {
    expect(faults.filter(({ turnsRed }) => turnsRed.includes(id)).length).toBeGreaterThan(0);
  });
});
