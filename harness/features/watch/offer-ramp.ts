/** After a stage that advises to go on: runs the ramp command, if it is confirmed. */
import type { Shell } from '../../lib/shell.ts';

export interface Offer {
  /** Confirmed beforehand, with --ramp. */
  readonly confirmed: boolean;
  readonly next: string | null;
}

/** True where the command was not run, or ended with 0. */
export async function offerRamp(
  command: readonly [string, ...string[]],
  { confirmed, next }: Offer,
  shell: Shell,
): Promise<boolean> {
  const line = command.join(' ');
  const words = next === null ? line : `${line} (to ${next})`;
  if (!confirmed && shell.ask === null) {
    shell.err(`To go on: ${words}\n--ramp runs it without asking.\n`);
    return true;
  }
  if (!confirmed && (await shell.ask?.(`Run ${words}? Type yes: `))?.trim().toLowerCase() !== 'yes') {
    shell.err('Not run.\n');
    return true;
  }
  const exitCode = await shell.handOver(command);
  if (exitCode !== 0) shell.err(`${line} ended with exit code ${exitCode}: whether it ramped is not known.\n`);
  return exitCode === 0;
}
