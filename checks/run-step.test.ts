import { describe, expect, it } from 'vitest';
import { countTests } from './run-step.ts';

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

describe('the count of a test run', () => {
  it.each([
    ['passed tests', { ok: true, report }, { passed: 5, failed: 0, skipped: 2 }],
    ['failed tests', { ok: false, report: { ...report, numFailedTests: 2 } }, { passed: 5, failed: 2, skipped: 2 }],
    ['a file that did not load', { ok: false, report }, { passed: 5, failed: 1, skipped: 2 }],
    [
      'a run without a test',
      { ok: true, report: { ...report, numPassedTests: 0 } },
      { passed: 0, failed: 1, skipped: 2 },
    ],
    ['a run that wrote no report', { ok: false, report: undefined }, { passed: 0, failed: 1, skipped: 0 }],
    ['a report that is none', { ok: true, report: { numPassedTests: 'five' } }, { passed: 0, failed: 1, skipped: 0 }],
  ])('tells of %s', (_, run, counted) => {
    expect(countTests({ ...run, output: 'out' })).toEqual({ ...counted, output: 'out' });
  });
});
