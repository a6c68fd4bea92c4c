import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveScreen } from './live-screen.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** As much of a terminal as the block needs: cursor up, erase a line, erase to the end. */
function terminalOf() {
  let rows: string[] = [''];
  let [row, column] = [0, 0];
  const put = (text: string): void => {
    const line = (rows[row] ?? '').padEnd(column);
    rows[row] = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
  };
  const act = (text: string): void => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a terminal reads.
    for (const [part, up] of text.matchAll(/\u001B\[(\d+)A|\u001B\[K|\u001B\[J|\n|\r|[^\u001B\n\r]+/g)) {
      if (up !== undefined) row -= Number(up);
      else if (part === '\u001B[K') rows[row] = (rows[row] ?? '').slice(0, column);
      else if (part === '\u001B[J') rows = [...rows.slice(0, row), (rows[row] ?? '').slice(0, column)];
      else if (part === '\r') column = 0;
      else if (part === '\n') [row, column] = [row + 1, 0];
      else put(part);
    }
  };
  return { act, rows: () => rows.map((line) => line.trimEnd()), cursor: () => [row, column] };
}

function begin(first: readonly string[]) {
  const terminal = terminalOf();
  let block = first;
  let written = 0;
  const shell = {
    err: (text: string) => {
      written += 1;
      terminal.act(text);
    },
    terminal: { interactive: true, colour: false, width: 80 },
  };
  const screen = liveScreen(() => block, shell);
  return { ...terminal, ...screen, written: () => written, become: (lines: readonly string[]) => void (block = lines) };
}

describe('the live screen', () => {
  it('draws over itself, also where it became shorter, and lets what happened stay above', () => {
    const screen = begin(['one', 'two', 'three']);
    screen.draw();
    screen.draw('it happened\n');
    screen.become(['ONE', '2']);
    screen.draw();
    expect(screen.rows()).toEqual(['it happened', 'ONE', '2', '']);
    expect(screen.cursor()).toEqual([3, 0]);
  });

  it('is not moved by what the terminal echoes of Ctrl-C', () => {
    const screen = begin(['one', 'two']);
    screen.draw();
    screen.act('^C');
    screen.draw('Interrupted\n');
    expect(screen.rows()).toEqual(['Interrupted', 'one', 'two', '']);
    screen.end();
    expect(screen.rows()).toEqual(['Interrupted', '']);
    expect(screen.cursor()).toEqual([1, 0]);
  });

  it('goes on by itself, writes only what has changed, and at its end no more', () => {
    const screen = begin(['one']);
    screen.draw();
    vi.advanceTimersByTime(10_000);
    expect(screen.written()).toBe(1);
    screen.become(['two']);
    vi.advanceTimersByTime(1000);
    expect([screen.written(), screen.rows()]).toEqual([2, ['two', '']]);
    screen.end();
    screen.become(['three']);
    vi.advanceTimersByTime(10_000);
    expect(screen.rows()).toEqual(['']);
  });
});
