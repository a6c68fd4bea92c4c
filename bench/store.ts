/** How long queries to an index of ten thousand runs take, and filling it. Seeded; asserts nothing. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../harness/lib/percentile.ts';
import { runOf } from '../harness/store/runs.fixture.ts';
import { openSqlStore } from '../harness/store/sql-store.ts';
import { openSqlite } from '../harness/store/sqlite.ts';
import type { StoredRun } from '../harness/store/stored-run.ts';
import { print } from './print-results.ts';
import { randomFrom } from './random.ts';

const RUNS = 10_000;
const CRITERIA = 30;
const TIMES = 11;
const SEED = 20_261_124;

const folder = mkdtempSync(join(tmpdir(), 'rampgate-bench-store-'));
const file = join(folder, 'index.sqlite');
const store = await openSqlStore(openSqlite(file, file));
const runs = manyRuns();
const [put] = await timed(1, () => store.putRuns(runs));
const list = await timed(TIMES, () => store.runs());
const newest = await timed(TIMES, () => store.runs({ last: 50 }));
const points = await timed(TIMES, () => store.points({ criterion: 'criterion-7' }));
await store.close();
const sizeBytes = statSync(file).size;
print(
  'The index of many runs',
  [
    `${RUNS} runs of ${CRITERIA} criteria each, in SQLite; the median of ${TIMES} times, and the longest`,
    `list all of them              ${inWords(list)}
                              asked for: under 100 ms`,
    `list the newest 50            ${inWords(newest)}`,
    `all values of one criterion   ${inWords(points)}`,
    `put all of them               ${(put?.ms ?? 0).toFixed(0)} ms, once`,
    `size                          ${(sizeBytes / 1e6).toFixed(1)} MB`,
  ].join('\n'),
  { list, newest, points, put, sizeBytes },
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

interface Took {
  readonly ms: number;
  /** Processor time, which does not grow on a busy machine. */
  readonly processorMs: number;
}

async function timed(times: number, act: () => Promise<unknown>): Promise<Took[]> {
  const took: Took[] = [];
  for (let time = 0; time < times; time += 1) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await act();
    const { user, system } = process.cpuUsage(used);
    took.push({ ms: performance.now() - start, processorMs: (user + system) / 1000 });
  }
  return took;
}

function inWords(took: readonly Took[]): string {
  const all = took.map(({ ms }) => ms);
  const processorMs = median(took.map((one) => one.processorMs));
  return `${median(all).toFixed(1)} ms, at most ${Math.max(...all).toFixed(1)} ms (${processorMs.toFixed(1)} ms of processors)`;
}
