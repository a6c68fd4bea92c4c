import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../../checks/run-command-line.ts';
import { comparisonReportSchema } from '../../model/comparison.ts';
import { parseJournal } from '../../sources/browser/read-journal.ts';

const reports = mkdtempSync(join(tmpdir(), 'rampgate-compare-'));
afterAll(() => rmSync(reports, { recursive: true, force: true }));

it('visits two targets in turn, one visit at a time', async () => {
  const only = ['--only', 'contract.page-uses-summary', '--config', 'checks/compare.config.ts', '--blocks', '1'];
  const { exitCode, out } = await run('compare', 'demo', 'demo:page-full-mode', ...only, '--out', reports, '--json');
  expect(exitCode).toBe(2); // an advisory criterion decides nothing
  const { comparison, criteria } = comparisonReportSchema.parse(JSON.parse(out));
  expect(criteria).toMatchObject([{ criterion: 'contract.page-uses-summary', outcome: 'different', worse: 'yes' }]);

  const visitsTo = (side: 'before' | 'after') => {
    const path = join(reports, 'comparisons', comparison.id, 'blocks/001', side, 'evidence/cold-start.ndjson');
    const records = parseJournal(readFileSync(path, 'utf8'));
    const samples = records.flatMap((record) =>
      record.kind === 'sample' ? [{ side, atMs: Date.parse(record.sample.at) }] : [],
    );
    return samples;
  };
  const order = [...visitsTo('before'), ...visitsTo('after')]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ side }) => (side === 'before' ? 'A' : 'B'))
    .join('');
  // Two samples a visit; the warm-up that is not counted took the turns A B.
  expect(order).toBe('BBAAAABB');
});
