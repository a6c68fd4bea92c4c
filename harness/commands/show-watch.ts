/** How a watch is shown while it goes on: a screen that follows along, plain lines, or JSON. */
import { renderWatchEvent, renderWatchScreen, type WatchPage } from '../report/watch/render-watch-terminal.ts';
import type { Shell } from '../shell.ts';
import type { WatchEvent, WatchReport } from '../watch-model.ts';

export interface WatchShow {
  readonly events: (events: readonly WatchEvent[]) => void;
  readonly round: (report: WatchReport) => void;
  /** Leaves the terminal as it was. */
  readonly end: () => void;
}

/** Plain output says where it stands so often, besides what happens. */
const PLAIN_EVERY_MS = 5 * 60_000;

export function showWatch({ json }: { readonly json: boolean }, shell: Shell): WatchShow {
  if (json) return jsonLines(shell);
  return shell.terminal.interactive ? liveScreen(shell) : plainLines(shell);
}

export function pageOf({ terminal, env }: Shell): WatchPage {
  const ascii = !/utf-?8/i.test(env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? 'C.UTF-8');
  return { colour: terminal.colour, width: terminal.width, ascii };
}

function jsonLines({ out }: Shell): WatchShow {
  return {
    events: (events) => {
      for (const event of events) out(`${JSON.stringify(event)}\n`);
    },
    round: () => undefined,
    end: () => undefined,
  };
}

function plainLines(shell: Shell): WatchShow {
  const page = { ...pageOf(shell), colour: false };
  let saidMs = Number.NEGATIVE_INFINITY;
  return {
    events: (events) => {
      for (const event of events) shell.out(renderWatchEvent(event, page));
    },
    round: (report) => {
      const { elapsedMs } = report.watch;
      if (elapsedMs - saidMs < PLAIN_EVERY_MS) return;
      saidMs = elapsedMs;
      shell.out(renderWatchScreen(report, page));
    },
    end: () => undefined,
  };
}

/** What happens scrolls by above a block that is drawn anew: cursor up, clear to the end of the screen. */
function liveScreen(shell: Shell): WatchShow {
  const page = pageOf(shell);
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) shell.err(`\u001B[${drawn}A\u001B[0J`);
    drawn = 0;
  };
  return {
    events: (events) => {
      const text = events.map((event) => renderWatchEvent(event, page)).join('');
      if (text === '') return;
      clear();
      shell.err(text);
    },
    round: (report) => {
      clear();
      const screen = renderWatchScreen(report, page);
      drawn = screen.split('\n').length - 1;
      shell.err(screen);
    },
    end: clear,
  };
}
