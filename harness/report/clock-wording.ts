/** By which clock a run's times are, in words. */
import { formatDuration } from '../lib/format.ts';
import type { RunIdentity, SeenClock } from '../model/run.ts';

/** The machine's zone, and how each of the target's clocks stood to the machine's. */
export function clockFacts({ clock }: Pick<RunIdentity, 'clock'>): readonly (readonly [term: string, text: string])[] {
  if (clock === undefined) return [['Clocks', 'not compared']];
  const beside = (of: SeenClock['of']): string => {
    const seen = clock.target.find((one) => one.of === of);
    return seen === undefined ? 'not compared: its answers are not dated' : besideText(seen);
  };
  return [
    ['Time zone', `${clock.timeZone}; times here are UTC`],
    ['Clock of the web', beside('web')],
    ['Clock of the API', beside('api')],
  ];
}

/** Whatever lies within the bounds may be so. */
function besideText({ aheadMs: [atLeastMs, atMostMs] }: SeenClock): string {
  if (atLeastMs > 0) return `${secondsText(atLeastMs)} to ${secondsText(atMostMs)} ahead of this machine`;
  if (atMostMs < 0) return `${secondsText(-atMostMs)} to ${secondsText(-atLeastMs)} behind this machine`;
  return `as this machine's, within ${secondsText(Math.max(-atLeastMs, atMostMs))}`;
}

function secondsText(durationMs: number): string {
  return durationMs < 100_000 ? `${(durationMs / 1000).toFixed(1)} s` : formatDuration(durationMs);
}
