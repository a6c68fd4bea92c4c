import { expect, it } from 'vitest';
import { lineCounter } from './count-lines.ts';
import { linePattern } from './line-pattern.ts';
import { logExcerpt } from './log-excerpt.ts';

const untilMs = Date.parse('2026-11-28T12:00:00Z');
const patterns = { timeouts: 'timeout|upstream.*error', hits: 'cache hit' };

function excerptOf(...texts: readonly string[]): string | null {
  const streams = texts.map((text, index) => {
    const counter = lineCounter({
      window: { fromMs: untilMs - 60_000, untilMs },
      patterns: Object.entries(patterns).map(([name, pattern]) => linePattern(name, pattern)),
      zoneMinutes: 0,
    });
    counter.feed(Buffer.from(text));
    return { name: `${index}.log`, counts: counter.end() };
  });
  return logExcerpt({ name: 'api', reading: { streams, problems: [] }, patterns });
}

it('holds the lines of all streams by pattern, without secrets and control characters', () => {
  const excerpt = excerptOf(
    '2026-11-28T11:59:30Z timeout of /diff?token=abc\n2026-11-28T11:59:31Z fine\n',
    '2026-11-28T11:59:32Z upstream \u001B[31merror\n2026-11-28T10:00:00Z timeout long ago\n',
  );
  expect(excerpt).toBe(`# Lines of the log api that were counted. Secrets are replaced by [redacted].

# timeouts: 2 lines match timeout|upstream.*error
2026-11-28T11:59:30Z timeout of /diff?token=[redacted]
2026-11-28T11:59:32Z upstream  [31merror

# hits: no line matches cache hit
`);
});

it('holds the first of many, and says how many there were', () => {
  const lines = Array.from({ length: 230 }, (_, index) => `2026-11-28T11:59:30Z timeout ${index + 1}`).join('\n');
  const excerpt = excerptOf(lines, '2026-11-28T11:59:30Z timeout elsewhere, cache hit') ?? '';
  expect(excerpt).toContain('# timeouts: the first 100 of 231 lines that match timeout|upstream.*error\n');
  expect(excerpt).toContain('timeout 100\n\n# hits: 1 line matches cache hit\n');
  expect(excerpt).not.toContain('timeout 101');
});

it('cuts long lines', () => {
  const [, , , line = ''] = (excerptOf(`2026-11-28T11:59:30Z timeout ${'x'.repeat(5000)}`) ?? '').split('\n');
  expect(line).toHaveLength(2001);
  expect(line.endsWith('x…')).toBe(true);
});

it('is nothing where no line was counted', () => {
  expect(excerptOf('2026-11-28T11:59:30Z fine')).toBeNull();
});
