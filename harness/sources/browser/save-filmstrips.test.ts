import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../browser-kit/journal.ts';
import type { CollectedEvidence } from '../../model/evidence.ts';
import { keepFilms } from './save-filmstrips.ts';

const evidence: CollectedEvidence = {
  status: 'collected',
  probe: 'browser-cold-start',
  startedAt: '2026-11-23T14:15:00.000Z',
  finishedAt: '2026-11-23T14:16:00.000Z',
  measurements: [],
  facts: { visits: 3 },
  tools: {},
  attachments: [],
  qualityIssues: [],
};

const trace = { kind: 'trace', path: '/there/is/no/such.zip', why: 'a trace' } as const;

describe('an evidence without films', () => {
  it.each<[string, readonly JournalRecord[]]>([
    ['no visit was traced', []],
    ['the visit that was traced timed no step', [trace]],
    ['the trace is not where it was recorded', [{ ...trace, steps: [] }]],
  ])('says that %s', (noFilms, records) => {
    expect(keepFilms(evidence, records, '/nowhere')).toEqual({ ...evidence, facts: { visits: 3, noFilms } });
  });
});
