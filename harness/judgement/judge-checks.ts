/** Judges statements about what was shown: all must be true. */

import type { Criterion } from '../model/criterion.ts';
import type { Checks } from '../model/evidence.ts';
import { atLeastOne, type JudgedPart } from './judged-part.ts';
import * as messages from './messages.ts';

/** One false check fails, however few were made. */
export function judgeChecks({ limit, minSamples }: Criterion, { checks }: Checks): JudgedPart {
  const failed = checks.filter(({ ok }) => !ok);
  const needed = atLeastOne(minSamples);
  const part = { label: 'failed checks', nature: 'sighting', limit } as const;
  const observed = { statistic: 'failed checks', value: failed.length, unit: 'count', samples: checks.length } as const;
  if (failed.length > 0) {
    const message = messages.checksFailed(failed, checks.length);
    const detects = messages.detectsCheck(checks.length);
    return { ...part, observed, outcome: 'fail', reason: 'check-failed', message, detects };
  }
  if (checks.length < needed) {
    const seen = checks.length === 0 ? {} : { observed };
    const told = messages.tooFewChecks(checks.length, needed);
    return { ...part, ...seen, outcome: 'inconclusive', reason: 'too-few-samples', ...told };
  }
  const message = messages.allChecksHold(checks.length);
  return {
    ...part,
    observed,
    outcome: 'pass',
    reason: 'all-checks-hold',
    message,
    detects: messages.detectsCheck(checks.length),
  };
}
