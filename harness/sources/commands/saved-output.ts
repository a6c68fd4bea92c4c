/** What is kept of a command's output: its head and its tail, line by line, without colours and without secrets. */
import { stripVTControlCharacters } from 'node:util';
import type { Redactor } from '../../lib/redact.ts';

export interface KeptOutput {
  /** Takes what one of the command's streams says, as it comes; whole lines of several streams do not mix. */
  listen(stream: NodeJS.ReadableStream): void;
  /** The latest line with anything in it. */
  lastLine(): string;
  /** The line that says best how it ended: the last that speaks of a failure, else the last of all. */
  tellingLine(): string;
  /** Head and tail, with how much was left out between them. */
  text(): string;
}

/** Of the head, and as much again of the tail. */
const KEPT_CHARACTERS = 64 * 1024;

/** A line that is longer is cut; and a cut may halve a secret, so this much before it goes too. */
const LONGEST_LINE = 16 * 1024;
const LONGEST_SECRET = 4 * 1024;

const speaksOfFailure =
  /\b(?:errors?|fail(?:ed|ures?|s)?|fatal|exception|assert\w*|not found|denied|refused|forbidden|cannot)\b/i;

/** Keeps the output of one command. */
export function keepOutput(redactor: Redactor): KeptOutput {
  const head: string[] = [];
  const tail: string[] = [];
  const kept = { head: 0, tail: 0 };
  let leftOut = 0;
  let last = '';
  let failure = '';
  const shorten = (): void => {
    let from = 0;
    for (; kept.tail > KEPT_CHARACTERS; from += 1) kept.tail -= (tail[from] ?? '').length + 1;
    tail.splice(0, from);
    leftOut += from;
  };
  const take = (raw: string): void => {
    const line = stripVTControlCharacters(raw)
      .replace(/^.*\r(?=.)/, '')
      .trimEnd();
    if (line !== '') last = line;
    if (speaksOfFailure.test(line)) failure = line;
    const size = line.length + 1;
    if (leftOut === 0 && tail.length === 0 && kept.head + size <= KEPT_CHARACTERS) {
      head.push(line);
      kept.head += size;
      return;
    }
    tail.push(line);
    kept.tail += size;
    // In one go once it is twice as long: taking lines off an array one by one is slow.
    if (kept.tail > 2 * KEPT_CHARACTERS) shorten();
  };
  return {
    listen: (stream) => eachLine(stream, take),
    lastLine: () => redactor.text(last),
    tellingLine: () => redactor.text(failure === '' ? last : failure).trim(),
    text: () => {
      shorten();
      const parts = [head.join('\n')];
      if (leftOut > 0) parts.push(`… ${leftOut} lines left out …`);
      if (tail.length > 0) parts.push(tail.join('\n'));
      // Where nothing is left out, a key of several lines may reach from the head into the tail.
      return leftOut === 0 ? redactor.text(parts.join('\n')) : parts.map((part) => redactor.text(part)).join('\n');
    },
  };
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = '';
  let cut = false;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = chunk.split('\n');
    for (const [index, part] of lines.entries()) {
      if (!cut) rest += part;
      if (rest.length > LONGEST_LINE) {
        cut = true;
        rest = rest.slice(0, LONGEST_LINE);
      }
      if (index < lines.length - 1) {
        take(wholeOrCut(rest, cut));
        rest = '';
        cut = false;
      }
    }
  });
  stream.on('end', () => {
    if (rest !== '') take(wholeOrCut(rest, cut));
  });
  // A stream that is given up while the command still writes is no error of ours.
  stream.on('error', () => undefined);
}

function wholeOrCut(line: string, cut: boolean): string {
  return cut ? `${line.slice(0, LONGEST_LINE - LONGEST_SECRET)} … the rest of this line left out …` : line;
}
