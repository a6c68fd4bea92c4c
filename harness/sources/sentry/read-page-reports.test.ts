import { describe, expect, it } from 'vitest';
import type { ErrorReports } from '../../browser-kit/journal.ts';
import { readPageReports } from './read-page-reports.ts';

const build = { release: 'web@2', environment: 'staging' };
const error = { ...build, eventId: 'e1', text: 'TypeError: x is undefined' };
const healthy: ErrorReports = { taken: 1, refused: [], unreadable: 0, builds: [build], errors: [], dropped: {} };
const silent: ErrorReports = { ...healthy, taken: 0, builds: [] };
const older = { ...build, release: 'web@1' };

const read = (...reports: readonly Partial<ErrorReports>[]) =>
  readPageReports(
    reports.map((one, index) => ({ name: `cold-start, visit ${index + 1}`, reports: { ...healthy, ...one } })),
    build,
  );

describe('readPageReports', () => {
  it('counts errors over the visits that reported', () => {
    const { measurements, qualityIssues } = read({}, { errors: [error] }, {});
    expect(measurements).toMatchObject([
      { sli: 'sentry.js-errors', count: 1, exposures: 3, seen: ['TypeError: x is undefined (cold-start, visit 2)'] },
    ]);
    expect(qualityIssues).toEqual([]);
  });

  it('measures nothing where no visit reported, and says what may be the matter', () => {
    const { measurements, qualityIssues } = read(silent, silent);
    expect(measurements).toEqual([]);
    expect(qualityIssues).toMatchObject([
      { code: 'signal-absent', message: expect.stringContaining('sent nothing to Sentry in any of 2 visits') },
    ]);
  });

  it('says what Sentry answered where it took nothing', () => {
    const [qualityIssue] = read({ ...silent, refused: ['answered 403'] }).qualityIssues;
    expect(qualityIssue?.message).toBe('Sentry took no envelope of the page in any of 1 visits: answered 403');
  });

  it.each<readonly [string, Partial<ErrorReports>, string]>([
    ['a visit that reported nothing', silent, 'in 1 of 2 visits'],
    ['errors that the SDK dropped', { dropped: { ratelimit_backoff: 2 } }, '2 (ratelimit_backoff)'],
    ['an envelope that could not be read', { unreadable: 1 }, '1 of the page'],
    ['a visit to another build', { builds: [older] }, 'web@1 in staging'],
  ])('%s leaves what was seen, and doubts that it was all', (_name, reports, words) => {
    const { measurements, qualityIssues } = read({ errors: [error] }, reports);
    expect(measurements).toMatchObject([{ count: 1 }]);
    expect(qualityIssues).toMatchObject([{ code: 'counted-in-part', message: expect.stringContaining(words) }]);
  });

  it.each([older, { ...build, environment: 'production' }])(
    'takes %o for no evidence about the build under test',
    (other) => {
      const { measurements, qualityIssues } = read({ builds: [other], errors: [{ ...error, ...other }] });
      expect(measurements).toEqual([]);
      expect(qualityIssues).toMatchObject([
        { code: 'signal-absent', message: expect.stringContaining('web@2 in staging') },
      ]);
    },
  );

  it('counts an error of the build although Sentry refused it', () => {
    const { measurements } = read({ taken: 0, refused: ['answered 429'], errors: [error] });
    expect(measurements).toMatchObject([{ count: 1, exposures: 0 }]);
  });
});
