import { describe, expect, it } from 'vitest';
import { noGoReport } from '../../report/fixtures/gate-reports.fixture.ts';
import { grouped } from './news.ts';
import { alertNotice, type Notice, recoveryNotice, verdictNotice } from './notice.ts';
import { noticeEvent, renderNotice } from './render-notice.ts';

const hostile = '<!channel> <https://evil.example|go> **bold** "\n\u202E\u0007';
const about = {
  run: 'watch-1',
  at: '2026-11-28T12:40:00.000Z',
  target: 'production 0.4.0',
  link: 'https://ci.example.com/1',
};
const alert = alertNotice(
  { id: 'diff.error-rate', title: hostile, value: hostile, since: '12:38', advice: hostile.repeat(400) },
  {
    ...about,
    steps: Array.from({ length: 30 }, () => ({ title: hostile, command: `${hostile} ${'x'.repeat(50_000)}` })),
  },
);
const storm = grouped(
  Array.from({ length: 500 }, (_, index) =>
    alertNotice(
      {
        id: `watchpoint-${index}`,
        title: 't'.repeat(300),
        value: 'v'.repeat(9000),
        since: 's',
        advice: 'a'.repeat(900),
      },
      about,
    ),
  ),
);

describe.each<[string, readonly Notice[]]>([
  ['a verdict', [verdictNotice(noGoReport.report, null)]],
  ['a hostile alert', [alert]],
  ['a storm of alerts', storm],
])('%s', (_name, notices) => {
  it('keeps to what Slack takes', () => {
    for (const notice of notices) {
      const { text, blocks } = JSON.parse(renderNotice(notice, 'slack'));
      expect(text.length).toBeLessThanOrEqual(300);
      expect(blocks.length).toBeLessThanOrEqual(50);
      for (const { type, text: part } of blocks) {
        expect(part?.text.length ?? 1).toBeGreaterThan(0);
        expect(part?.text.length ?? 1).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
        if (part?.type === 'mrkdwn') expect(part.text).not.toMatch(/<[!@#h]/);
      }
    }
  });

  it('keeps to what Teams takes', () => {
    for (const notice of notices) expect(Buffer.byteLength(renderNotice(notice, 'teams'))).toBeLessThan(28_000);
  });

  it('keeps to what gateways let through to a program', () => {
    for (const notice of notices) {
      const body = renderNotice(notice, 'json');
      expect(Buffer.byteLength(body)).toBeLessThan(256_000);
      expect(JSON.parse(body)).toMatchObject({ schemaVersion: 1, event: notice.event, run: notice.run });
    }
  });
});

describe('noticeEvent', () => {
  const recovery = recoveryNotice({ id: 'diff.error-rate', title: 'errors', value: '0.1 %', since: '12:38' }, about);

  it('puts an alert and its recovery into one issue, which the recovery does not call an error', () => {
    const [bad, good] = [alert, recovery].map((notice) => noticeEvent(notice, 'production'));
    expect(good?.fingerprint).toEqual(bad?.fingerprint);
    expect([bad?.level, good?.level]).toEqual(['error', 'info']);
  });
});
