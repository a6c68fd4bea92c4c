/** How long the index of ten thousand runs takes to answer, and to be made. Seeded; asserts nothing. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOf } from '../harness/baseline/fixtures.ts';
import type { StoredRun } from '../harness/baseline/run-store.ts';
import { openSqlStore } from '../harness/baseline/sql-store.ts';
import { openSqlite } from '../harness/baseline/sqlite.ts';
import { median, print, randomFrom } from './summary.ts';

const RUNS = 10_000;
const CRITERIA = 30;
const TIMES = 11;
const SEED = 20_261_124;

const folder = mkdtempSync(join(tmpdir(), 'rampgate-bench-store-'));
const file = join(folder, 'index.sqlite');
const store = await openSqlStore(openSqlite(file, file));
const runs = manyRuns();
const [putMs] = await timed(1, () => store.putRuns(runs));
const listMs = await timed(TIMES, () => store.runs());
const newestMs = await timed(TIMES, () => store.runs({ last: 50 }));
const pointsMs = await timed(TIMES, () => store.points({ criterion: 'criterion-7' }));
await store.close();
const sizeBytes = statSync(file).size;
print(
  'The index of many runs',
  [
    `${RUNS} runs of ${CRITERIA} criteria each, in SQLite; the median of ${TIMES} times, and the longest`,
    `list all of them              ${told(listMs)} (asked for: under 100 ms)`,
    `list the newest 50            ${told(newestMs)}`,
    `all values of one criterion   ${told(pointsMs)}`,
    `put all of them               ${(putMs ?? 0).toFixed(0)} ms, once`,
    `size                          ${(sizeBytes / 1e6).toFixed(1)} MB`,
  ].join('\n'),
  { listMs, newestMs, pointsMs, putMs, sizeBytes },
);
rmSync(folder, { recursive: true });

function manyRuns(): StoredRun[] {
  const random = randomFrom(SEED);
  const [first] = runOf({ id: '' }).criteria;
  if (first === undefined) throw new Error('a run has no criterion');
  return Array.from({ length: RUNS }, (_, index) =>
    runOf({
      id: `run-${String(index).padStart(5, '0')}`,
      startedAt: new Date(Date.UTC(2000, 0, 1 + index)).toISOString(),
      criteria: Array.from({ length: CRITERIA }, (_unused, number) => ({
        ...first,
        criterion: `criterion-${number}`,
        value: 200 + 20 * random(),
      })),
    }),
  );
}

async function timed(times: number, act: () => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const start = performance.now();
    await act();
    tookMs.push(performance.now() - start);
  }
  return tookMs;
}

function told(tookMs: readonly number[]): string {
  return `${median(tookMs).toFixed(1)} ms, at most ${Math.max(...tookMs).toFixed(1)} ms`;
}
