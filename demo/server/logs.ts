/** The two structured logs of the demo: one JSON object per line. */

import pino, { type Logger } from 'pino';
import type { Conventions } from '../conventions.ts';

/** A log that can be closed. */
export interface Log {
  readonly logger: Logger;
  /** Writes a plain line, like a program that prints past its logger. */
  readonly print: (line: string) => void;
  readonly close: () => void;
}

/** Opens a log file for appending. Lines are on disk when the call that writes them returns. */
export function openLog(path: string, shape: Conventions['log'] = 'json'): Log {
  const destination = pino.destination({ dest: path, sync: true });
  const logger = pino({ base: null, messageKey: 'message', ...shapes[shape] }, destination);
  return { logger, print: (line) => destination.write(`${line}\n`), close: () => destination.end() };
}

const tickMs = 200;

/** Logs to a file beside the path, while the path itself gets the lines of another program. */
export function openElsewhere(path: string, shape: Conventions['log'] = 'json'): Log {
  const own = openLog(`${path}.elsewhere`, shape);
  const other = openLog(path, shape);
  const ticks = setInterval(() => other.logger.info('Scheduler: nothing to do'), tickMs);
  return {
    logger: own.logger,
    print: own.print,
    close: () => {
      clearInterval(ticks);
      own.close();
      other.close();
    },
  };
}

const shapes: { readonly [shape in Conventions['log']]: pino.LoggerOptions } = {
  json: {
    timestamp: pino.stdTimeFunctions.isoTime,
    // The level comes first and by name, so that no line reads "upstream … error" unless its message says so.
    formatters: { level: (level) => ({ level }) },
  },
  // As Python's formatter writes it: no time zone, the level in capitals, and no fields besides the message.
  mixed: {
    timestamp: () => `,"timestamp":"${new Date().toISOString().slice(0, -1)}000","logger":"skillmeat.api"`,
    formatters: { level: (level) => ({ level: level.toUpperCase() }), log: () => ({}) },
  },
};
