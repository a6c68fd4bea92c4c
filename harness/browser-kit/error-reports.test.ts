import { describe, expect, it } from 'vitest';
import { startReports } from './error-reports.ts';

const build = { release: 'web@2', environment: 'staging' };

/** An envelope as SDKs write it: no length for JSON, one for bytes. */
function envelope(...items: readonly (readonly [header: object, payload: string])[]): Buffer {
  const lines = items.map(([header, payload]) => `${JSON.stringify(header)}\n${payload}\n`);
  return Buffer.from(`{"sent_at":"2026-11-24T16:00:00.000Z"}\n${lines.join('')}`);
}

const eventOf = (fields: object) =>
  [{ type: 'event' }, JSON.stringify({ event_id: 'e1', ...build, ...fields })] as const;
const thrown = {
  exception: {
    values: [
      { type: 'Error', value: 'cause' },
      { type: 'TypeError', value: 'x is undefined' },
    ],
  },
};

function reportsOf(...bodies: readonly Buffer[]) {
  const reports = startReports();
  for (const body of bodies) reports.read(body);
  return reports.sum();
}

describe('the envelopes of a page', () => {
  it.each<readonly [string, object, readonly string[]]>([
    ['an exception', thrown, ['TypeError: x is undefined']],
    ['an exception of level error', { ...thrown, level: 'error' }, ['TypeError: x is undefined']],
    ['a fatal message', { level: 'fatal', message: 'gone' }, ['gone']],
    ['a message', { level: 'info', message: 'hello' }, []],
    ['a message with a stack trace', { level: 'info', exception: { values: [{ value: 'hello' }] } }, []],
    ['a message without level', { message: 'hello' }, []],
  ])('%s counts as %j %j', (_name, fields, texts) => {
    expect(reportsOf(envelope(eventOf(fields))).errors.map(({ text }) => text)).toEqual(texts);
  });

  it('say which build they are from', () => {
    const session = [{ type: 'session' }, JSON.stringify({ sid: 's', attrs: build })] as const;
    expect(reportsOf(envelope(session), envelope(eventOf({ ...thrown, release: 'web@1' }))).builds).toEqual([
      build,
      { ...build, release: 'web@1' },
    ]);
  });

  it('count once that are sent twice', () => {
    expect(reportsOf(envelope(eventOf(thrown)), envelope(eventOf(thrown))).errors).toHaveLength(1);
  });

  it('may hold bytes with newlines before an error', () => {
    const recording = [{ type: 'replay_recording', length: 5 }, 'a\n{\nb'] as const;
    expect(reportsOf(envelope(recording, eventOf(thrown)))).toMatchObject({
      errors: [{ eventId: 'e1' }],
      unreadable: 0,
    });
  });

  it('tell what the SDK dropped, of errors alone', () => {
    const discarded_events = [
      { reason: 'ratelimit_backoff', category: 'error', quantity: 2 },
      { reason: 'before_send', category: 'transaction', quantity: 7 },
    ];
    const report = [{ type: 'client_report' }, JSON.stringify({ discarded_events })] as const;
    expect(reportsOf(envelope(report), envelope(report)).dropped).toEqual({ ratelimit_backoff: 4 });
  });

  it.each([
    '\u001F\u008Bgzip',
    '{"sent_at":"x"}\nno header\n{}',
    '{"sent_at":"x"}\n{"type":"event"}\n{"level":"err',
    '{"sent_at":"x"}\n{"type":"client_report","length":90}\n{"discarded_events":[]',
  ])('that cannot be read are counted: %j', (text) => {
    expect(reportsOf(Buffer.from(text, 'latin1')).unreadable).toBe(1);
  });
});
