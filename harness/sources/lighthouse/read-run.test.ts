import { describe, expect, it } from 'vitest';
import { lighthouseResult, readRun, shownTextAudit } from './read-run.ts';

const at = '2026-11-23T14:15:00.000Z';
const expected = { text: 'deletions' };

const request = (url: string, networkRequestTime: number, networkEndTime?: number) => ({
  url,
  networkRequestTime,
  transferSize: 120,
  resourceType: url === '/asked-first' ? 'Preflight' : 'Fetch',
  ...(networkEndTime === undefined ? {} : { networkEndTime }),
});

const audits = {
  'first-contentful-paint': { numericValue: 180 },
  'largest-contentful-paint': { numericValue: 220 },
  'total-blocking-time': { numericValue: 12 },
  'long-tasks': {
    details: {
      items: [
        { startTime: 90, duration: 62 },
        { startTime: 400, duration: 80 },
      ],
    },
  },
  'network-requests': {
    details: {
      items: [
        request('/page', 1, 9),
        request('/asked-first', 10, 12),
        request('/hanging', 20),
        request('/later', 200, 260),
      ],
    },
  },
  [shownTextAudit]: { displayValue: '24 additions, 22 deletions' },
};

const result = (changes: object = {}) =>
  lighthouseResult.parse({
    lighthouseVersion: '13.5.0',
    fetchTime: at,
    requestedUrl: 'http://localhost:4173/manage?artifact=a&tab=sync',
    finalDisplayedUrl: 'http://localhost:4173/manage?artifact=a&tab=sync#top',
    runWarnings: [],
    environment: { benchmarkIndex: 2800 },
    configSettings: { maxWaitForFcp: 10_000 },
    audits,
    ...changes,
  });

describe('a result of Lighthouse', () => {
  it('gives a sample with what came before the first paint, and the metrics beside it', () => {
    expect(readRun(result(), expected)).toEqual({
      kind: 'sample',
      sample: {
        valueMs: 180,
        at,
        longTasksMs: [62],
        longTasksAtMs: [90],
        layoutShift: 0,
        requests: [{ url: '/page', startMs: 1, endMs: 9, sizeBytes: 120 }],
      },
      metrics: { firstContentfulPaintMs: 180, largestContentfulPaintMs: 220, totalBlockingTimeMs: 12 },
    });
  });

  it('carries its warnings with the sample', () => {
    const runWarnings = ['The page loaded too slowly.', 'There may be stored data.'];
    expect(readRun(result({ runWarnings }), expected)).toMatchObject({
      sample: { suspect: 'The page loaded too slowly. There may be stored data.' },
    });
  });

  it('that never painted took longer than was waited', () => {
    const runtimeError = { code: 'NO_FCP', message: 'The page did not paint any content.' };
    expect(readRun(result({ runtimeError }), expected)).toEqual({
      kind: 'loss',
      loss: { reason: 'never-painted', waitedMs: 10_000, message: 'nothing was painted', at },
    });
  });

  it.each([
    [
      'failed',
      { runtimeError: { code: 'PAGE_HUNG', message: 'Stopped responding.' } },
      'PAGE_HUNG: Stopped responding.',
    ],
    ['led to a login', { finalDisplayedUrl: 'http://localhost:4173/login' }, 'led to http://localhost:4173/login'],
    [
      'led to another host',
      { finalDisplayedUrl: 'http://elsewhere:4173/manage' },
      'led to http://elsewhere:4173/manage',
    ],
    ['shows an error', { audits: { ...audits, [shownTextAudit]: { displayValue: 'Sorry!' } } }, 'it shows "Sorry!"'],
    ['shows nothing that could be read', { audits: { ...audits, [shownTextAudit]: {} } }, 'it shows ""'],
    ['has no paint', { audits: { ...audits, 'first-contentful-paint': {} } }, 'no first paint'],
  ])('that %s says nothing about the speed of the application', (_, changes, message) => {
    expect(readRun(result(changes), expected)).toEqual({
      kind: 'loss',
      loss: { reason: 'step-failed', waitedMs: 0, message: expect.stringContaining(message), at },
    });
  });

  it('shortens what the page shows instead', () => {
    const shown = { ...audits, [shownTextAudit]: { displayValue: 'x'.repeat(500) } };
    expect(readRun(result({ audits: shown }), expected)).toMatchObject({
      loss: { message: `the page does not show "deletions"; it shows "${'x'.repeat(79)}…"` },
    });
  });
});
