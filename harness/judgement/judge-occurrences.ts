/** Judges how often something was seen: exact, because what was seen was there. */
import type { Criterion, Limit, Occurrences } from '../model.ts';
import { atLeastOne, type JudgedPart } from './judged-part.ts';
import { holds, limitsFromAbove } from './limits.ts';
import * as messages from './messages.ts';

/** A violation from above fails however few the exposures; too little of something may only be too few exposures. */
export function judgeOccurrences({ limit, minSamples }: Criterion, occurrences: Occurrences): JudgedPart {
  const { count, exposures } = occurrences;
  const needed = atLeastOne(minSamples);
  const observed = { statistic: 'count', value: count, unit: 'count', samples: exposures } as const;
  const part = { label: 'count', nature: 'sighting', observed, limit } as const;
  const kept = holds(count, limit);
  const enough = exposures >= needed;
  if (!kept && (enough || limitsFromAbove(limit))) {
    const message = messages.countBeyond(occurrences, limit);
    return { ...part, ...detects(occurrences, limit), outcome: 'fail', reason: 'count-beyond-limit', message };
  }
  if (!enough) {
    const told = messages.tooFewExposures(occurrences, needed);
    return { ...part, outcome: 'inconclusive', reason: 'too-few-samples', ...told };
  }
  const message = messages.countWithin(occurrences, limit);
  return { ...part, ...detects(occurrences, limit), outcome: 'pass', reason: 'count-within-limit', message };
}

function detects(occurrences: Occurrences, limit: Limit): { readonly detects?: string } {
  const violation = nearestViolation(limit);
  return violation < 0 ? {} : { detects: messages.detectsCount(occurrences, violation, limit) };
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
