/** Progress on standard error: a live list on a terminal, plain lines elsewhere. Redraws only when something changed. */
import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Progress } from './progress.ts';

/** In plain mode, how far a piece of work is, is said at most this often. */
const PLAIN_EVERY_MS = 10_000;

export function showProgress({ interactive }: { readonly interactive: boolean }): Progress {
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  return async (title, work) => {
    const result = Promise.withResolvers<Awaited<ReturnType<typeof work>>>();
    const list = new Listr(
      [
        {
          title,
          task: async (_context, task) => {
            const startedAt = performance.now();
            let lastSaidAt = 0;
            const say = (text: string): void => {
              const now = performance.now();
              if (!interactive && now - lastSaidAt < PLAIN_EVERY_MS && lastSaidAt > 0) return;
              lastSaidAt = now;
              task.output = text;
            };
            try {
              result.resolve(await work(say));
            } catch (error) {
              result.reject(error);
              throw new Error('see below'); // the message itself is the command's to tell, once
            }
            task.title = `${title} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`;
          },
        },
      ],
      {
        exitOnError: false,
        // What a signal means is for the command to decide.
        registerSignalListeners: false,
        renderer: interactive ? 'default' : 'simple',
        // A spinner would take processor time from what is being measured.
        rendererOptions: { lazy: true, logger },
      },
    );
    await list.run();
    return result.promise;
  };
}
