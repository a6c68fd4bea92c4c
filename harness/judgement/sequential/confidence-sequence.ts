/** A confidence sequence for a share: an interval that is valid at every moment of a watch, however often it is looked at. */
import type { Errors } from '../errors.ts';
import type { Interval } from '../limits.ts';
import { type Against, logEvidence } from './evidence.ts';

/**
 * Hits of `exposure`: at least `surely`, at most `perhaps`, where the source leaves some unclear.
 */
export interface ShareCounts {
  readonly surely: number;
  readonly perhaps: number;
  readonly exposure: number;
}

/**
 * The ends of a share that no evidence rules out so far. Each is beyond the true share at any moment of the whole watch
 * with at most its stated probability. `[0, 1]` where nothing was counted.
 */
export function shareSequence({ surely, perhaps, exposure }: ShareCounts, errors: Errors): readonly [number, number] {
  if (exposure === 0) return [0, 1];
  const ruledOut = (against: Against, hits: number, error: number) => (value: number) =>
    logEvidence({ hits, exposure }, { kind: 'share', value }, against) >= Math.log(1 / error);
  return [
    // The larger the assumed share, the weaker the evidence that the true one is larger.
    turningPoint((value) => !ruledOut('more', surely, errors.lower)(value)),
    turningPoint(ruledOut('fewer', perhaps, errors.upper)),
  ];
}

/** Where a statement, false below and true above, becomes true between 0 and 1; 1 where it never does. */
function turningPoint(holds: (value: number) => boolean): number {
  let [below, above] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (below + above) / 2;
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The interval of the good share from that of the bad share. */
export function complement([lower, upper]: readonly [number, number]): Interval {
  return [1 - upper, 1 - lower];
}
