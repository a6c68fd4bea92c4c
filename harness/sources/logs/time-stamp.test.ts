import { describe, expect, it } from 'vitest';
import { timeReader } from './time-reader.ts';
import { type TimeContext, timeOfLine, zoneMinutesOf } from './time-stamp.ts';

const utc: TimeContext = { zoneMinutes: 0, nearMs: Date.parse('2026-01-02T00:00:00Z') };
const readAt = (line: string, context = utc): string | null => {
  const time = timeOfLine(line, context);
  return time === null ? null : new Date(time).toISOString();
};

describe('the time of a log line', () => {
  it.each([
    ['ISO with Z', '2026-11-24T15:00:01.250Z GET /x', '2026-11-24T15:00:01.250Z'],
    ['ISO with an offset', '2026-11-24T17:00:01+02:00 GET /x', '2026-11-24T15:00:01.000Z'],
    [
      'an offset without colon (journalctl -o short-iso)',
      '2026-11-24T17:00:01+0200 host app: x',
      '2026-11-24T15:00:01.000Z',
    ],
    ['ISO without a zone', '2026-11-24T15:00:01.250 x', '2026-11-24T15:00:01.250Z'],
    ['nanoseconds (kubectl logs --timestamps)', '2026-11-24T15:00:01.250999999Z {"a":1}', '2026-11-24T15:00:01.250Z'],
    ['Python logging', '2026-11-24 15:00:01,250 - skillmeat - INFO - x', '2026-11-24T15:00:01.250Z'],
    ['Go', '2026/11/24 15:00:01 x', '2026-11-24T15:00:01.000Z'],
    ['brackets', '[2026-11-24 15:00:01] x', '2026-11-24T15:00:01.000Z'],
    ['a level in front', 'INFO:     2026-11-24 15:00:01 x', '2026-11-24T15:00:01.000Z'],
    ['docker compose', 'api-1  | 2026-11-24T15:00:01Z x', '2026-11-24T15:00:01.000Z'],
    ['SkillMeat’s JSON', '{"timestamp": "2026-11-24T15:00:01.250000", "level": "INFO"}', '2026-11-24T15:00:01.250Z'],
    ['pino with ISO', '{"level":"info","time":"2026-11-24T15:00:01.250Z"}', '2026-11-24T15:00:01.250Z'],
    ['pino with milliseconds', '{"level":30,"time":1795532401250,"msg":"x"}', '2026-11-24T15:00:01.250Z'],
    ['zap', '{"level":"info","ts":1795532401.25,"msg":"x"}', '2026-11-24T15:00:01.250Z'],
    ['Elastic', '{"@timestamp":"2026-11-24T15:00:01.250Z"}', '2026-11-24T15:00:01.250Z'],
    ['journalctl -o json', '{"__REALTIME_TIMESTAMP":"1795532401250000","MESSAGE":"x"}', '2026-11-24T15:00:01.250Z'],
    [
      'the field at the end',
      '{"msg":"x","time":"10ms","timestamp":"2026-11-24T15:00:01Z"}',
      '2026-11-24T15:00:01.000Z',
    ],
    ['epoch seconds in front', '1795532401 x', '2026-11-24T15:00:01.000Z'],
    ['an access log', '::1 - - [24/Nov/2026:17:00:01 +0200] "GET / HTTP/1.1" 200', '2026-11-24T15:00:01.000Z'],
    ['syslog of this year', 'Jan  1 15:00:01 host app[1]: x', '2026-01-01T15:00:01.000Z'],
    ['syslog of last year', '<34>Dec 31 23:59:58 host app[1]: x', '2025-12-31T23:59:58.000Z'],
  ])('is read from %s', (_form, line, time) => {
    expect(readAt(line)).toBe(time);
  });

  it.each([
    ['nothing', 'Traceback (most recent call last):'],
    ['a date in a sentence', 'The cached diff of skill:x dates from 2026-02-20T09:30:00Z'],
    ['a date that does not exist', '2026-02-31T15:00:00Z x'],
    ['a number that is no time', '{"time":12,"duration":"2026"}'],
    ['a time inside a quoted document', '{"message":"{\\"time\\":\\"2026-11-24T15:00:01Z\\"}"}'],
    ['binary', '\u0000\u0001\u00ff'],
  ])('is not made up from %s', (_form, line) => {
    expect(readAt(line)).toBeNull();
  });

  it('is read in the zone that the configuration names, unless the line names one', () => {
    const berlin = { ...utc, zoneMinutes: 60 };
    expect(readAt('2026-11-24 15:00:01 x', berlin)).toBe('2026-11-24T14:00:01.000Z');
    expect(readAt('2026-11-24 15:00:01Z x', berlin)).toBe('2026-11-24T15:00:01.000Z');
    const here = new Date(2026, 10, 24, 15, 0, 1).toISOString();
    expect(readAt('2026-11-24 15:00:01 x', { ...utc, zoneMinutes: null })).toBe(here);
  });

  it.each([
    ['Z', 0],
    ['+02:00', 120],
    ['-0330', -210],
  ])('has a zone %s of %d minutes', (text, minutes) => {
    expect(zoneMinutesOf(text)).toBe(minutes);
  });
});

describe('a reader of line after line', () => {
  it('reads the same as one that reads each line anew, whatever lines come together', () => {
    const stamps = [
      '2026-11-24T15:00:01.250Z',
      '2026-11-24T15:00:59.999999Z',
      '2026-11-24T15:01:00.000Z',
      '2026-11-24T17:00:02.5+02:00',
      '2026-11-24 15:00:03,007',
      '2026-11-24T15:00:61Z',
      '2026-11-24T15:00',
      'none',
    ];
    const lines = stamps.flatMap((stamp) => [
      `{"level":"info","time":"${stamp}","message":"x"}`,
      `{"level":"error","time":"${stamp}","message":"x"}`,
      `${stamp} x`,
      `[${stamp}] x`,
      stamp,
    ]);
    const read = timeReader(utc);
    for (const line of [...lines, ...lines.toReversed(), ...lines]) {
      const bytes = Buffer.from(`before\n${line}\nafter`);
      expect(read(bytes, 7, 7 + line.length), line).toBe(timeOfLine(line, utc));
    }
  });
});
