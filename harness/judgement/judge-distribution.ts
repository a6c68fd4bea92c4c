/** Judges a percentile of many timings that were counted into a histogram. */
import type { Criterion, Distribution } from '../model.ts';
import { judgeQuantile } from './judge-quantile.ts';
import { confidence, type JudgedPart } from './judged-part.ts';
import { withTimeoutsNoted } from './messages.ts';
import { observeHistogram } from './observations.ts';

/** Throws when the histogram does not hold as many requests as the distribution says. */
export function judgeDistribution(criterion: Criterion, percentile: number, distribution: Distribution): JudgedPart {
  const { histogram, count, timeouts, uncertaintyMs } = distribution;
  const observations = observeHistogram(histogram);
  if (observations.count !== count) {
    throw new Error(`${distribution.sli}: the histogram holds ${observations.count} requests, not the ${count} stated`);
  }
  const statistic = `p${percentile}`;
  const answer = judgeQuantile(
    {
      statistic,
      percentile,
      limit: criterion.limit,
      minSamples: criterion.minSamples,
      confidence: criterion.confidence ?? confidence,
      uncertaintyMs,
      things: 'requests',
    },
    observations,
  );
  return { label: statistic, ...answer, message: withTimeoutsNoted(answer.message, timeouts) };
}
