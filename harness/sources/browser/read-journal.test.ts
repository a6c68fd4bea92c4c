import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../browser-kit/journal.ts';
import { parseJournal, readJournal } from './read-journal.ts';

const at = '2026-11-23T14:15:00.000Z';
const begin: JournalRecord = {
  kind: 'begin',
  scenario: 'cold-start',
  stage: 1,
  planned: 2,
  passes: 1,
  at,
  browser: '156.0',
};
const end = (visits: number): JournalRecord => ({ kind: 'end', visits, at });
const visit = (number: number): JournalRecord => ({ kind: 'visit', number, at });
const sample = (valueMs: number): JournalRecord => ({
  kind: 'sample',
  sli: 's.visible',
  how: 'how',
  sample: { valueMs, at, longTasksMs: [], layoutShift: 0, requests: [] },
});

describe('readJournal', () => {
  it('brings samples and losses of one SLI together', () => {
    const loss: JournalRecord = {
      kind: 'loss',
      sli: 's.visible',
      how: 'how',
      loss: { reason: 'never-painted', waitedMs: 4000, message: 'm', at },
    };
    const outcome = readJournal([begin, visit(1), sample(120), visit(2), loss, end(2)], 'cold-start');
    expect(outcome.measurements).toMatchObject([
      { kind: 'timings', sli: 's.visible', samples: [{ valueMs: 120 }], losses: [{ waitedMs: 4000 }] },
    ]);
    expect(outcome.qualityIssues).toEqual([]);
    expect(outcome.browser).toBe('156.0');
  });

  it('adds the stages of a scenario up, each in passes of its own', () => {
    const stage = (number: number): JournalRecord[] => [
      { ...begin, stage: number, planned: 2, passes: 2 } as JournalRecord,
      visit(1),
      sample(100 + number),
      end(1),
      { ...begin, stage: number, planned: 2, passes: 2 } as JournalRecord,
      visit(2),
      sample(200 + number),
      end(1),
    ];
    const whole = readJournal([...stage(1), ...stage(2)], 'cold-start');
    expect(whole).toMatchObject({ stages: 2, visits: { planned: 4, done: 4 }, qualityIssues: [] });
    expect(whole.measurements).toMatchObject([{ samples: [101, 201, 102, 202].map((valueMs) => ({ valueMs })) }]);
    const cutShort = readJournal([...stage(1), ...stage(2).slice(0, 6)], 'cold-start');
    expect(cutShort.qualityIssues).toMatchObject([
      { code: 'scenario-crashed', message: expect.stringContaining('of 4 visits') },
    ]);
  });

  it('adds occurrences up over their exposures, and quotes what was seen', () => {
    const exposure = (...seen: string[]): JournalRecord => ({
      kind: 'occurrences',
      sli: 's.errors',
      how: 'how',
      seen,
      exposedTo: 'visits',
    });
    const { measurements } = readJournal([begin, exposure(), exposure('a', 'b'), exposure('c'), end(2)], 'cold-start');
    expect(measurements).toMatchObject([
      { kind: 'occurrences', count: 3, exposures: 3, exposedTo: 'visits', seen: ['a', 'b', 'c'] },
    ]);
  });

  it('keeps checks in order', () => {
    const check = (name: string, ok: boolean): JournalRecord => ({
      kind: 'check',
      sli: 's.all',
      how: 'how',
      check: { name, ok, expected: '1', actual: ok ? '1' : '2' },
    });
    const { measurements } = readJournal([begin, check('one', true), check('two', false), end(2)], 'cold-start');
    expect(measurements).toMatchObject([
      {
        kind: 'checks',
        checks: [
          { name: 'one', ok: true },
          { name: 'two', ok: false },
        ],
      },
    ]);
  });

  it('adds the passes up, and doubts a scenario that one of them is missing of', () => {
    const pass = (number: number): JournalRecord[] => [
      { ...begin, passes: 2 } as JournalRecord,
      visit(number),
      sample(1),
      end(1),
    ];
    expect(readJournal([...pass(1), ...pass(2)], 'cold-start')).toMatchObject({
      qualityIssues: [],
      visits: { planned: 2, done: 2 },
      isWhole: true,
    });
    expect(readJournal(pass(1), 'cold-start')).toMatchObject({
      qualityIssues: [{ code: 'scenario-crashed' }],
      isWhole: false,
    });
  });

  it('is whole when every planned visit was told to its end, and not before', () => {
    const told = (...records: readonly JournalRecord[]) => readJournal([begin, ...records], 'cold-start').isWhole;
    expect(told(visit(1), sample(1), visit(2), sample(2), end(2))).toBe(true);
    expect(told(visit(1), sample(1), visit(2), sample(2))).toBe(false);
    // An interruption fails the visit that it meets, and the scenario ends all the same.
    expect(told(visit(1), sample(1), visit(2), { kind: 'failure', visit: 2, message: 'closed' }, end(1))).toBe(false);
  });

  const unreliable: readonly (readonly [string, readonly JournalRecord[], string, string])[] = [
    ['a scenario that never began', [visit(1)], 'scenario-crashed', 'did not begin'],
    [
      'a scenario that ended in the middle',
      [begin, visit(1), sample(1), visit(2)],
      'scenario-crashed',
      '1 of 2 visits of cold-start were completed; it ended in the middle',
    ],
    [
      'visits that failed',
      [begin, visit(1), { kind: 'failure', visit: 1, message: 'no button\ncall log' }, visit(2), end(1)],
      'scenario-crashed',
      'visit 1 failed: no button',
    ],
    [
      'steps that never painted',
      [begin, visit(1), { kind: 'stopped', message: '5 steps in a row were never painted' }, end(1)],
      'scenario-stopped',
      '5 steps in a row',
    ],
  ];

  it('knows a page that was shut out, which is no fault of what it shows then', () => {
    const limited = (number: number): JournalRecord => ({
      kind: 'limited',
      visit: number,
      message: '/api/v1/artifacts was answered 429',
    });
    const { qualityIssues } = readJournal(
      [begin, visit(1), limited(1), sample(1), limited(2), visit(2), end(2)],
      'cold-start',
    );
    expect(qualityIssues).toEqual([
      {
        code: 'rate-limited',
        message: "cold-start: the target's limiter shut the page out: /api/v1/artifacts was answered 429, and 1 more",
      },
    ]);
  });

  it.each(unreliable)('doubts %s', (_name, records, code, message) => {
    expect(readJournal(records, 'cold-start').qualityIssues).toEqual([
      { code, message: expect.stringContaining(message) },
    ]);
  });
});

describe('parseJournal', () => {
  it('leaves out a last line that a crash cut short', () => {
    const whole = JSON.stringify(begin);
    expect(parseJournal(`${whole}\n{"kind":"sam`)).toEqual([begin]);
  });

  it('refuses a whole line that is no record, and names it', () => {
    const other = JSON.stringify({ ...begin, passes: 'two' });
    expect(() => parseJournal(`${JSON.stringify(begin)}\n${other}\n`)).toThrow(/line 2 of the journal.*passes/s);
  });
});
