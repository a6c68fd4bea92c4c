/** The two structured logs of the demo: one JSON object per line. */
import pino, { type Logger } from 'pino';

/** A log that can be closed. */
export interface Log {
  readonly logger: Logger;
  readonly close: () => void;
}

/** Opens a log file for appending. Lines are on disk when the call that writes them returns. */
export function openLog(path: string): Log {
  const destination = pino.destination({ dest: path, sync: true });
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // The level comes first and by name, so that no line reads "upstream … error" unless its message says so.
      formatters: { level: (level) => ({ level }) },
      messageKey: 'message',
    },
    destination,
  );
  return { logger, close: () => destination.end() };
}

const tickMs = 200;

/** A log beside the path, where somebody else's lines go meanwhile. */
export function openElsewhere(path: string): Log {
  const own = openLog(`${path}.elsewhere`);
  const other = openLog(path);
  const ticks = setInterval(() => other.logger.info('Scheduler: nothing to do'), tickMs);
  return {
    logger: own.logger,
    close: () => {
      clearInterval(ticks);
      own.close();
      other.close();
    },
  };
}
