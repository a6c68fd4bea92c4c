/** Judges checks of what was shown: all must hold. */

import type { Criterion } from '../model/criterion.ts';
import type { Checks } from '../model/evidence.ts';
import * as messages from './count-messages.ts';
import { decideChecks } from './decide-part.ts';
import { atLeastOne, type JudgedPart } from './judged-part.ts';

export function judgeChecks({ limit, minSamples }: Criterion, { checks }: Checks): JudgedPart {
  const failed = checks.filter(({ ok }) => !ok);
  const needed = atLeastOne(minSamples);
  const part = { label: 'failed checks', nature: 'exact', limit } as const;
  const observed = { statistic: 'failed checks', value: failed.length, unit: 'count', samples: checks.length } as const;
  const decided = decideChecks({ made: checks.length, failed: failed.length }, needed);
  if (decided.outcome === 'inconclusive') {
    const seen = checks.length === 0 ? {} : { observed };
    return { ...part, ...seen, ...decided, ...messages.tooFewChecks(checks.length, needed) };
  }
  const message =
    decided.outcome === 'fail' ? messages.checksFailed(failed, checks.length) : messages.allChecksHold(checks.length);
  return { ...part, observed, ...decided, message, detects: messages.detectsCheck(checks.length) };
}
