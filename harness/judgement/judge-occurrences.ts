/** Judges how often something was seen; the count is exact. */
import type { Criterion, Limit } from '../model/criterion.ts';
import type { Occurrences } from '../model/evidence.ts';
import * as messages from './count-messages.ts';
import { decideCount } from './decide-part.ts';
import { atLeastOne, type JudgedPart } from './judged-part.ts';
import { limitsFromAbove } from './limits.ts';

export function judgeOccurrences({ limit, minSamples }: Criterion, occurrences: Occurrences): JudgedPart {
  const { count, exposures, window } = occurrences;
  const needed = atLeastOne(minSamples);
  const observed = { statistic: 'count', value: count, unit: 'count', samples: exposures } as const;
  const part = { label: 'count', nature: 'exact', observed, limit } as const;
  const isEnough = exposures >= needed;
  const seen = { count, projected: atThisPace(occurrences), isEnough, isComplete: window === undefined };
  const decided = decideCount(seen, limit);
  switch (decided.outcome) {
    case 'fail':
      return { ...part, ...detects(occurrences, limit), ...decided, message: messages.countBeyond(occurrences, limit) };
    case 'pass':
      return { ...part, ...detects(occurrences, limit), ...decided, message: messages.countWithin(occurrences, limit) };
    case 'inconclusive': {
      const shortage = isEnough
        ? messages.windowTooShort(occurrences, limit)
        : messages.tooFewExposures(occurrences, needed);
      return { ...part, ...decided, ...shortage };
    }
  }
}

/** The count of the whole window, if it goes on as in the part that was covered. */
function atThisPace({ count, window }: Occurrences): number {
  return window === undefined ? count : (count * window.plannedMs) / Math.max(1, window.coveredMs);
}

function detects(occurrences: Occurrences, limit: Limit): { readonly detects?: string } {
  const violation = nearestViolation(limit);
  // Too few within a part of the window would not have failed.
  const cannotFail = occurrences.window !== undefined && !limitsFromAbove(limit);
  return violation < 0 || cannotFail ? {} : { detects: messages.detectsCount(occurrences, violation, limit) };
}

/** The whole number nearest the limit that violates it. */
function nearestViolation({ op, value }: Limit): number {
  switch (op) {
    case '<':
      return Math.ceil(value);
    case '<=':
      return Math.floor(value) + 1;
    case '>':
      return Math.floor(value);
    case '>=':
      return Math.ceil(value) - 1;
  }
}
