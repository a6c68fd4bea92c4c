/** A program that runs beside the gate while it measures. */
import type { Shell } from '../../lib/shell.ts';

export interface BesideCommand {
  /** Why it is not running any more, or null while it is. */
  whyGone(): string | null;
  stop(): Promise<void>;
}

/** Starts it; null stands for none. */
export function besideCommand(command: readonly string[] | null, shell: Shell): BesideCommand {
  const [program, ...args] = command ?? [];
  if (program === undefined) return { whyGone: () => null, stop: async () => undefined };
  const running = shell.start([program === 'node' ? process.execPath : program, ...args]);
  let gone: string | null = null;
  void running.ended.then(({ code, signal, error }) => {
    gone = `what was to run beside it ended with ${error ?? signal ?? `exit code ${code}`}`;
  });
  return { whyGone: () => gone, stop: () => running.stop() };
}
