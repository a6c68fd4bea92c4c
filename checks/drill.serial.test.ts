/** The gate can fail: faults, planted one after another, turn exactly the criteria red that they must. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { savedProofsSchema } from '../harness/model/drill-proof.ts';
import shipped from '../rampgate.config.ts';
import { cellsThatAre, removeDrills, runDrill } from './run-drill.ts';

afterAll(removeDrills);

/** A machine that others use can hide a timing from its criterion; then the drill says so, and that is no miss. */
const timings = shipped.criteria.filter(({ statistic }) => /^p\d/.test(statistic)).map(({ id }) => id);

describe('the fast drill', () => {
  it('fires every cell that must, and no other', { timeout: 300_000 }, async () => {
    const { report, exitCode, stdout, stderr, out } = await runDrill('--fast');
    expect(cellsThatAre('missed', report), stdout + stderr).toEqual([]);
    expect(cellsThatAre('false', report), stdout).toEqual([]);
    const unmeasured = cellsThatAre('unmeasured', report);
    const isHidden = (cell: string) => timings.some((id) => cell.endsWith(`: ${id}`));
    expect(
      unmeasured.filter((cell) => !isHidden(cell)),
      stdout,
    ).toEqual([]);
    expect(report.faults).toHaveLength(Object.keys(shipped.drill?.fast ?? {}).length);
    expect(exitCode).toBe(unmeasured.length === 0 ? 0 : 2);

    const kept = savedProofsSchema.parse(JSON.parse(readFileSync(join(out, 'drills', 'proofs.json'), 'utf8')));
    expect(kept.proofs.filter(({ fired }) => fired).map(({ criterion }) => criterion)).toEqual(
      expect.arrayContaining(['diff.error-rate', 'diff.cached-equals-fresh', 'cold-start.console-errors']),
    );
  });
});
