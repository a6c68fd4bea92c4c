/** By which clock a run's times are, in words. */
import { formatDuration } from '../format.ts';
import type { RunIdentity, SeenClock } from '../model.ts';

/** `machine in Europe/Berlin; target: web 2.0 to 3.1 s ahead, API not compared`. */
export function clockText({ clock }: Pick<RunIdentity, 'clock'>): string {
  if (clock === undefined) return "The target's and the machine's were not compared.";
  const { timeZone, target } = clock;
  const told = (['web', 'api'] as const).map((of) => {
    const seen = target.find((one) => one.of === of);
    const name = of === 'api' ? 'API' : 'web';
    return seen === undefined ? `${name} not compared, its answers are not dated` : `${name} ${besideText(seen)}`;
  });
  return `The machine's zone is ${timeZone}; the times here are UTC by its clock. Beside it, the target's: ${told.join('; ')}.`;
}

/** Whatever lies within the bounds may be so. */
function besideText({ aheadMs: [atLeastMs, atMostMs] }: SeenClock): string {
  if (atLeastMs > 0) return `${secondsText(atLeastMs)} to ${secondsText(atMostMs)} ahead`;
  if (atMostMs < 0) return `${secondsText(-atMostMs)} to ${secondsText(-atLeastMs)} behind`;
  return `agrees within ${secondsText(Math.max(-atLeastMs, atMostMs))}`;
}

function secondsText(durationMs: number): string {
  return durationMs < 100_000 ? `${(durationMs / 1000).toFixed(1)} s` : formatDuration(durationMs);
}
