/** How far a target's clock is from this machine's, as far as the `Date` of its answers tells (RFC 9110, 6.6.1). */

import type { WebAnswer } from '../lib/shell.ts';
import type { SeenClock } from '../model/run.ts';

/** Its resolution: a server leaves out what is less. */
const SECOND_MS = 1000;

export interface Answered {
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  readonly answer: Pick<WebAnswer, 'headers'>;
}

/**
 * The answer was dated at some moment between question and answer, and at most a second after what it says. Null where it
 * says nothing, or was dated by whoever kept a copy for a while (`Age`).
 */
export function seenClock(
  of: SeenClock['of'],
  { askedAtMs, answeredAtMs, answer: { headers } }: Answered,
): SeenClock | null {
  const datedMs = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(datedMs) || headers['age'] !== undefined) return null;
  return { of, aheadMs: [datedMs - answeredAtMs, datedMs + SECOND_MS - askedAtMs] };
}
