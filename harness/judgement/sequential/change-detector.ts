/**
 * Finds the moment when a bound is crossed, look by look, in constant memory.
 *
 * A fault may begin at any time, and hours of good looks must not hide it. So evidence is summed from every possible
 * beginning on, each with an equal share of the weight: the sum over beginnings of S. W. Roberts ("A comparison of
 * some control chart procedures", Technometrics 8 (1966) 411–430), here of e-processes (J. Shin, A. Ramdas, A. Rinaldo,
 * "E-detectors: a nonparametric framework for sequential change detection", New England J. Statist. Data Sci. 2 (2024)
 * 229–260). With weights that add up to one the whole is an e-process itself: over all looks together it reaches 1/α with a
 * probability of at most α while the bound holds.
 *
 * It takes three looks at least. What a look adds to the evidence of each beginning is capped at a third of what is needed: the
 * smaller of an e-value and a constant is still an e-value, so the error probability holds. The reason is that a machine that
 * stalls makes all answers of one look late at once, and two stalls in a row happen in healthy hours.
 */
import { itemAt } from '../item-at.ts';
import { type Against, type Bound, type Counted, logRatio, logSum, oddsOf } from './evidence.ts';

export interface DetectorRule {
  readonly bound: Bound;
  readonly against: Against;
  /** The number of planned looks; a change that begins later is not looked for. */
  readonly looks: number;
  /** The probability of an alert in all of them, while the bound holds. */
  readonly falseAlerts: number;
}

/** The state so far, for each of the odds; JSON-safe. */
export interface Detector {
  /** How many beginnings have been given their weight. */
  readonly begun: number;
  readonly odds: readonly {
    /** ln of the evidence of all beginnings together; null where there is none yet. */
    readonly logTotal: number | null;
    /** ln of the evidence from the best beginning on, 0 or more, and that beginning: the likeliest moment of the change. */
    readonly logBest: number;
    readonly bestSince: number | null;
  }[];
}

export function startDetector({ against }: Pick<DetectorRule, 'against'>): Detector {
  return { begun: 0, odds: oddsOf[against].map(() => ({ logTotal: null, logBest: 0, bestSince: null })) };
}

/** Takes one look in. `at` is when it began, in any unit; a look without exposure changes nothing. */
export function look(detector: Detector, rule: DetectorRule, seen: Counted & { readonly at: number }): Detector {
  if (seen.exposure === 0) return detector;
  const { looks, against, bound } = rule;
  const begins = detector.begun < looks;
  const cap = largestStep(rule);
  return {
    begun: detector.begun + Number(begins),
    odds: oddsOf[against].map((odds, index) => {
      const { logTotal, logBest, bestSince } = itemAt(detector.odds, index);
      // JSON has no infinite numbers, and the state must survive a restart.
      const step = Math.max(-LEAST, Math.min(cap, logRatio(seen, bound, odds)));
      const from = [...(logTotal === null ? [] : [logTotal]), ...(begins ? [-Math.log(looks)] : [])];
      const best = logBest + step;
      return {
        logTotal: from.length === 0 ? null : Math.max(-LEAST, logSum(from) + step),
        logBest: Math.max(0, best),
        bestSince: best <= 0 ? null : (bestSince ?? seen.at),
      };
    }),
  };
}

/** A floor that later evidence can never make up for. */
const LEAST = 1e6;

const FEWEST_LOOKS = 3;

/** `FEWEST_LOOKS` looks of this size, from one beginning and with one of the odds, are just enough. */
function largestStep({ looks, against, falseAlerts }: DetectorRule): number {
  return (Math.log(looks) + Math.log(oddsOf[against].length) + Math.log(1 / falseAlerts)) / FEWEST_LOOKS;
}

/** Whether the bound is crossed, beyond chance. */
export function isRaised(detector: Detector, { falseAlerts }: DetectorRule): boolean {
  const totals = detector.odds.flatMap(({ logTotal }) => logTotal ?? []);
  if (totals.length === 0) return false;
  return logSum(totals) - Math.log(detector.odds.length) >= Math.log(1 / falseAlerts) - ROUNDING;
}

/** Evidence that is exactly enough must not fail by rounding. */
const ROUNDING = 1e-9;

/** The likeliest beginning of the change; null while nothing speaks for one. */
export function changedSince({ odds }: Detector): number | null {
  const [first, ...others] = odds;
  /* v8 ignore next -- there are always odds */
  if (first === undefined) return null;
  return others.reduce((best, one) => (one.logBest > best.logBest ? one : best), first).bestSince;
}
