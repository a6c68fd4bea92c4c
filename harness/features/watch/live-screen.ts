/** A block at the end of the terminal that is drawn over itself, while what happens scrolls by above it. */
import { stripVTControlCharacters } from 'node:util';
import type { Shell } from '../../lib/shell.ts';
import { displayWidth } from '../../report/terminal-text.ts';

export interface LiveScreen {
  /** Draws the block anew; `above` ends in a line feed, is read once, and stays. */
  draw(above?: string): void;
  /** Leaves the terminal as it was: without the block, the cursor where it began. */
  end(): void;
}

/** So often the block is looked at for what has changed; nothing is written when nothing has. */
const EVERY_MS = 1000;

/**
 * Everything in one write, each line written over and the rest of it erased, so that nothing flickers and nothing is hidden that
 * would have to be shown again. `lines` says what the block is now: lines that fit into the terminal, in colour or not.
 */
export function liveScreen(
  lines: () => readonly string[],
  { err, terminal }: Pick<Shell, 'err' | 'terminal'>,
): LiveScreen {
  let drawn: readonly string[] = [];
  const draw = (above = ''): void => {
    const next = lines();
    if (above === '' && next.join('\n') === drawn.join('\n')) return;
    const text = `${above}${next.map((line) => `${line}\n`).join('')}`;
    err(`${toTop(drawn, terminal.width)}${text.replaceAll('\n', '\u001B[K\n')}\u001B[J`);
    drawn = next;
  };
  const timer = setInterval(draw, EVERY_MS);
  timer.unref();
  return {
    draw,
    end: () => {
      clearInterval(timer);
      err(`${toTop(drawn, terminal.width)}\u001B[J`);
      drawn = [];
    },
  };
}

/** The cursor stands below the block. In a terminal that was made narrower, its lines take more rows than they did. */
function toTop(drawn: readonly string[], width: number): string {
  const rows = drawn.reduce((sum, line) => {
    return sum + Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line)) / width));
  }, 0);
  return rows === 0 ? '\r' : `\u001B[${rows}A\r`;
}
