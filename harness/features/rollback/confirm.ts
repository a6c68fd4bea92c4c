/** Confirms steps: by asking a person each time, or once for all with `--yes`. */
import type { Confirmation, Execution } from './execute-plan.ts';

type Ask = (question: string) => Promise<string | null>;

/** Asks each time; anything but yes or skip stops. */
export function askEach(ask: Ask, show: (execution: Execution, number: number) => void) {
  return async (execution: Execution, number: number): Promise<Confirmation> => {
    show(execution, number);
    const { command } = execution.step;
    const again = ranBefore(execution);
    const what = command === undefined ? 'Do this now. Is it done?' : 'Run it?';
    const answer = await ask(
      `${again === null ? '' : `     ${again}\n`}     ${what} [y]es, [s]kip, anything else stops: `,
    );
    switch (answer?.trim().toLowerCase()) {
      case 'y':
      case 'yes':
        return { say: 'yes' };
      case 's':
      case 'skip':
        return { say: 'skip', because: 'somebody skipped it' };
      case undefined:
        return { say: 'stop', because: 'nobody answered' };
      default:
        return { say: 'stop', because: 'somebody said no' };
    }
  };
}

/** Confirms steps that have a command, except those that ran before without being verified. */
export function confirmedOnce(show: (execution: Execution, number: number) => void) {
  return async (execution: Execution, number: number): Promise<Confirmation> => {
    show(execution, number);
    const again = ranBefore(execution);
    if (again !== null) return { say: 'stop', because: again };
    if (execution.step.command !== undefined) return { say: 'yes' };
    return execution.step.role === 'look'
      ? { say: 'skip', because: 'a person looks, and nobody was asked' }
      : { say: 'stop', because: 'a person does it, and nobody was asked' };
  };
}

/** A second `kubectl rollout undo` goes forward again, to the bad release. */
function ranBefore({ before }: Execution): string | null {
  if (before === null) return null;
  return `it ran already at ${before.startedAt} (${before.state}: ${before.because}), and a second time it may go forward again`;
}
