import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HeardBy, JournalRecord } from '../../browser-kit/journal.ts';
import { CONTROLS_FILE, came, plantedErrors, repeatedRequest } from '../../browser-kit/planted.ts';
import { provedCounts } from './browser-controls.ts';

let journalDir: string;
beforeEach(() => {
  journalDir = mkdtempSync(join(tmpdir(), 'rampgate-controls-'));
});
afterEach(() => rmSync(journalDir, { recursive: true, force: true }));

function count(sli: string, heardBy?: HeardBy): JournalRecord {
  const by = heardBy === undefined ? {} : { heardBy };
  return { kind: 'occurrences', sli, how: '', seen: [], exposedTo: 'visits', ...by };
}

/** Requests were heard, errors were not. */
function writeControls(): void {
  const [consoleError] = plantedErrors;
  const records = [came(repeatedRequest, 'seen', 'counted'), came(consoleError, 'not-seen', 'silence')];
  writeFileSync(join(journalDir, CONTROLS_FILE), records.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

const visit = { path: '/' };

it('doubts only what rests on the listener that heard nothing', () => {
  writeControls();
  const proved = provedCounts(
    [count('a.errors', 'problems'), count('a.errors', 'problems'), count('a.again', 'requests')],
    {
      visit,
      journalDir,
    },
  );
  expect(proved.controls).toMatchObject([{ name: 'console error' }, { name: 'repeated request' }]);
  expect(proved.qualityIssues).toMatchObject([{ code: 'control-not-seen', slis: ['a.errors'] }]);
});

it('doubts a count that does not say what it rests on, when any listener is deaf', () => {
  writeControls();
  expect(provedCounts([count('a.any')], { visit, journalDir }).qualityIssues).toMatchObject([{ slis: ['a.any'] }]);
});

it('proves nothing where nothing is counted', () => {
  expect(provedCounts([], { visit, journalDir })).toEqual({ controls: [], qualityIssues: [] });
});

it('takes a control visit that never was for one that saw nothing', () => {
  const { qualityIssues } = provedCounts([count('a.again', 'requests')], { visit, journalDir });
  expect(qualityIssues).toMatchObject([{ message: expect.stringContaining('did not take place') }]);
});

it('lists what must not be planted, which is no doubt', () => {
  const proved = provedCounts([count('a.again', 'requests')], {
    visit: { ...visit, withoutControl: 'not here' },
    journalDir,
  });
  expect(proved).toMatchObject({ controls: [{ outcome: 'not-tried', message: 'not here' }], qualityIssues: [] });
});
