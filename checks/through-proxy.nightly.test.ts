/** Everything that a proxy can imitate, before a target that is left as it is: every kind of fault fires where it must. */
import { afterAll, describe, expect, it } from 'vitest';
import { parseRollout } from '../harness/config/load-config.ts';
import { plantedThroughProxy } from '../harness/features/drill/proxy-drill-policy.ts';
import shipped from '../rampgate.config.ts';
import { cellsThatAre, removeDrills, runDrill } from './run-drill.ts';

afterAll(removeDrills);

const rollout = parseRollout(shipped, 'rampgate.config.ts');
const faults = Object.keys(shipped.drill?.throughProxy?.faults ?? {});
const kindsOf = (fault: string) => plantedThroughProxy(rollout, fault, null).map(({ kind }) => kind);

/** A machine that others use can hide a timing from its criterion; then the drill says so, and that is no miss. */
const timings = shipped.criteria.filter(({ statistic }) => /^p\d/.test(statistic)).map(({ id }) => id);
const isTiming = (cell: string): boolean => timings.some((id) => cell.endsWith(`: ${id}`));

describe('a drill through a proxy', () => {
  it('fires every cell that must, and no other, by every kind of fault', async () => {
    const { report, stdout, stderr } = await runDrill('--through-proxy');
    const said = `${stdout}${stderr}`;
    expect(cellsThatAre('missed', report), said).toEqual([]);
    expect(cellsThatAre('false', report), said).toEqual([]);
    const unmeasured = cellsThatAre('unmeasured', report);
    expect(
      unmeasured.filter((cell) => !isTiming(cell)),
      said,
    ).toEqual([]);
    expect(report.faults.map(({ name }) => name)).toEqual(faults);
    expect(report.control?.criteria.filter(({ state }) => state !== 'ready')).toEqual([]);

    const seen = [...cellsThatAre('fired', report), ...unmeasured].map((cell) => cell.split(':')[0] ?? '');
    const firing = new Set(seen.flatMap(kindsOf));
    expect([...firing].toSorted()).toEqual([...new Set(faults.flatMap(kindsOf))].toSorted());
  });
});
