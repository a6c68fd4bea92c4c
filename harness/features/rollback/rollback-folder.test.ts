import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../../../setup/temporary-folders.ts';
import type { RollbackLog } from './log.ts';
import { openRollbackFolder, readRollbacks } from './rollback-folder.ts';

const newFolder = temporaryFolders();

it('reads executions oldest first, also those that began in the same second', () => {
  const run = join(newFolder(), 'run');
  const starts = [900, 100, 500, 300, 700].map((ms) => new Date(Date.UTC(2026, 10, 28, 14, 0, 0, ms)));
  for (const start of starts) {
    const folder = openRollbackFolder({ run }, start);
    folder.saveLog(logOf(folder.id, start.toISOString()));
  }
  const read = readRollbacks(run).map(({ startedAt }) => startedAt);
  expect(read).toEqual(starts.map((start) => start.toISOString()).toSorted());
});

function logOf(id: string, startedAt: string): RollbackLog {
  return {
    schemaVersion: 1,
    id,
    run: 'red',
    target: { name: 'demo', web: 'http://127.0.0.1:1', api: 'http://127.0.0.1:2', release: 'v1' },
    scope: 'backend',
    by: 'ada',
    confirmed: 'typed',
    startedAt,
    finishedAt: startedAt,
    outcome: 'done',
    because: 'Every step was carried out and seen to have worked.',
    steps: [],
  };
}
