/** The lines of a log that were counted, as a text for people to read: what a finding about the log leads to. Pure. */
import { readable } from '../quoted.ts';
import type { ReadLog } from './summarise-reading.ts';

const MOST_LINES = 100;
const LONGEST_LINE = 2000;

/** Pattern by pattern, the first lines of many; without secrets. Null where no line was counted. */
export function logExcerpt({ name, reading, patterns }: Pick<ReadLog, 'name' | 'reading' | 'patterns'>): string | null {
  const found = Object.entries(patterns).map(([pattern, text]) => {
    const matches = reading.streams.flatMap(({ counts }) => counts.matches[pattern] ?? []);
    const count = matches.reduce((sum, one) => sum + one.count, 0);
    const lines = matches.flatMap((one) => one.lines).slice(0, MOST_LINES);
    return { pattern, text, count, lines: lines.map((line) => readable(line, LONGEST_LINE)) };
  });
  if (found.every(({ count }) => count === 0)) return null;
  const sections = found.map(({ pattern, text, count, lines }) =>
    [`# ${pattern}: ${countedText(count, lines.length)} ${text}`, ...lines].join('\n'),
  );
  return `${[`# Lines of the log ${name} that were counted. Secrets are replaced by [redacted].`, ...sections].join('\n\n')}\n`;
}

function countedText(count: number, kept: number): string {
  if (count === 0) return 'no line matches';
  if (count === 1) return '1 line matches';
  return kept === count ? `${count} lines match` : `the first ${kept} of ${count} lines that match`;
}
