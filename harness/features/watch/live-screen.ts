/** A block at the end of the terminal that is redrawn in place, while events scroll by above it. */
import { stripVTControlCharacters } from 'node:util';
import type { Shell } from '../../lib/shell.ts';
import { displayWidth } from '../../report/terminal-text.ts';

export interface LiveScreen {
  /** Redraws the block; `above` ends in a line feed, is printed once above it, and stays. */
  draw(above?: string): void;
  /** Removes the block, with the cursor where it began. */
  end(): void;
}

/** How often the block is checked for changes; nothing is written without one. */
const EVERY_MS = 1000;

/**
 * Writes everything at once, overwriting each line and erasing its rest, so that nothing flickers. `lines` gives the current
 * block: lines that fit into the terminal, in colour or not.
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

/** The cursor is below the block. In a terminal that was made narrower, its lines take more rows than before. */
function toTop(drawn: readonly string[], width: number): string {
  const rows = drawn.reduce((sum, line) => {
    return sum + Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line)) / width));
  }, 0);
  return rows === 0 ? '\r' : `\u001B[${rows}A\r`;
}
