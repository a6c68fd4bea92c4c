/** How a watch is shown while it goes on: a screen that follows along, plain lines, or JSON. */

import type { Shell } from '../../lib/shell.ts';
import type { TerminalPage } from '../../report/formats/terminal.ts';
import { liveScreen } from './live-screen.ts';
import type { WatchEvent, WatchReport } from './model.ts';
import { renderWatchScreen } from './page/render-watch-screen.ts';
import { renderWatchEvent } from './page/render-watch-terminal.ts';
import { doingText } from './page/wording.ts';
import type { WatchClock } from './sampling/clock.ts';
import type { Turn } from './sampling/run-watch.ts';

export interface WatchShow {
  readonly events: (events: readonly WatchEvent[]) => void;
  readonly round: (report: WatchReport) => void;
  readonly turn: (turn: Turn) => void;
  /** Whatever else is to be read meanwhile: it must not run into what follows along. */
  readonly say: (text: string) => void;
  /** Leaves the terminal as it was. */
  readonly end: () => void;
}

export interface Shown {
  readonly json: boolean;
  /** Of the watch, as a person would type it. */
  readonly folder: string;
  readonly clock: WatchClock;
}

const USUAL_ROWS = 24;

/** Plain output says where it stands so often, besides what happens. */
const PLAIN_EVERY_MS = 5 * 60_000;

export function showWatch(shown: Shown, shell: Shell): WatchShow {
  if (shown.json) return jsonLines(shell);
  return shell.terminal.interactive ? followingAlong(shown, shell) : plainLines(shown, shell);
}

export function pageOf({ terminal, env }: Shell): TerminalPage {
  const ascii = !/utf-?8/i.test(env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? 'C.UTF-8');
  return { colour: terminal.colour, width: terminal.width, ascii };
}

function jsonLines({ out, err }: Shell): WatchShow {
  return {
    events: (events) => {
      for (const event of events) out(`${JSON.stringify(event)}\n`);
    },
    round: () => undefined,
    turn: () => undefined,
    say: err,
    end: () => undefined,
  };
}

function plainLines({ folder }: Shown, shell: Shell): WatchShow {
  const page = { ...pageOf(shell), colour: false };
  let saidMs = Number.NEGATIVE_INFINITY;
  return {
    events: (events) => {
      for (const event of events) {
        shell.out(renderWatchEvent(event, page));
        if (event.kind === 'started') shell.out(`It follows along in ${folder}/watch.html\n`);
      }
    },
    round: (report) => {
      const { elapsedMs } = report.watch;
      // Before anything was seen there is nothing to say.
      if (report.courses.length === 0 || elapsedMs - saidMs < PLAIN_EVERY_MS) return;
      saidMs = elapsedMs;
      const lines = renderWatchScreen(report, page, { sinceMs: 0, doing: null, folder, height: null });
      shell.out(lines.map((line) => `${line}\n`).join(''));
    },
    turn: () => undefined,
    say: shell.err,
    end: () => undefined,
  };
}

/** What happens scrolls by above a block that is drawn anew. */
function followingAlong({ folder, clock }: Shown, shell: Shell): WatchShow {
  let known: { readonly report: WatchReport; readonly awakeMs: number } | null = null;
  let turn: Turn | null = null;
  const lines = (): readonly string[] => {
    if (known === null) return [];
    const { report, awakeMs } = known;
    const sinceMs = clock.read().awakeMs - awakeMs;
    const doing = turn === null ? null : doingText(turn, report.watch.elapsedMs + sinceMs);
    const height = shell.terminal.height ?? USUAL_ROWS;
    return renderWatchScreen(report, pageOf(shell), { sinceMs, doing, folder, height });
  };
  const screen = liveScreen(lines, shell);
  return {
    events: (events) => {
      const page = pageOf(shell);
      const text = events.map((event) => renderWatchEvent(event, page)).join('');
      if (text !== '') screen.draw(text);
    },
    round: (report) => {
      known = { report, awakeMs: clock.read().awakeMs };
      screen.draw();
    },
    turn: (next) => {
      turn = next;
      screen.draw();
    },
    say: (text) => screen.draw(text.endsWith('\n') ? text : `${text}\n`),
    end: () => screen.end(),
  };
}
