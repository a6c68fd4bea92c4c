/** How a command ended, in words. */
import type { FinishedCommand } from './run-command.ts';

export function endInWords({ end, tookMs }: FinishedCommand): string {
  const after = `after ${(tookMs / 1000).toFixed(1)} s`;
  switch (end.kind) {
    case 'exited':
      return `exit ${end.code} ${after}`;
    case 'killed':
      return `ended by ${end.signal} ${after}`;
    case 'timed-out':
      return `stopped ${after}, its time limit`;
    case 'interrupted':
      return `interrupted ${after}`;
    case 'cannot-run':
      return `cannot run: ${end.why}`;
  }
}
