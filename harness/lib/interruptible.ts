/** What Ctrl-C does to a command that measures. */
import type { Shell } from './shell.ts';

/** The first Ctrl-C ends the run in order, with what was measured so far; the second ends it at once. */
export function interruptible(shell: Shell): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const release = shell.onInterrupt(() => {
    if (controller.signal.aborted) shell.killAll();
    else {
      controller.abort();
      shell.err('\nInterrupted: stopping what was started, keeping what was measured.\nOnce more ends it at once.\n');
    }
  });
  return { signal: controller.signal, release };
}
