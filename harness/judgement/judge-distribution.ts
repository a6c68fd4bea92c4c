/** Judges a percentile of many timings that were counted into a histogram, second by second. */
import type { Distribution } from '../model/evidence.ts';
import { designEffect } from './design-effect.ts';
import { machineDisturbed, withDependenceNoted, withTimeoutsNoted } from './estimate-messages.ts';
import { judgeQuantile, type PercentileQuestion, type QuantileCriterion } from './judge-quantile.ts';
import type { Answer, JudgedPart } from './judged-part.ts';
import { noiseOfLoads, slowdownOf } from './machine-noise.ts';
import { type Observations, observeHistogram } from './observations.ts';

/** Throws when the histogram does not hold as many requests as the distribution says. */
export function judgeDistribution(question: PercentileQuestion, distribution: Distribution): JudgedPart {
  const { criterion, percentile, errors, noise } = question;
  const { histogram, count, timeouts, uncertaintyMs } = distribution;
  const observations = observeHistogram(histogram);
  if (observations.count !== count) {
    throw new Error(`${distribution.sli}: the histogram holds ${observations.count} requests, not the ${count} stated`);
  }
  const statistic = `p${percentile}`;
  // The decision counts the requests beyond the limit, so the dependence between neighbours is measured there.
  const effect = dependenceAt(criterion.limit.value, distribution);
  const answer = judgeUndisturbed(
    {
      statistic,
      percentile,
      limit: criterion.limit,
      minSamples: criterion.minSamples,
      errors,
      designEffect: effect,
      uncertaintyMs,
      noise: noiseOfLoads(noise),
      things: 'requests',
    },
    observations,
    slowdownOf(distribution, noise),
  );
  const message = withDependenceNoted(withTimeoutsNoted(answer.message, timeouts), { count, effect });
  return { label: statistic, ...answer, message };
}

/** A slowed machine makes answers later, never earlier: a pass holds as measured, a fail must hold without the slowdown. */
function judgeUndisturbed(question: QuantileCriterion, observations: Observations, slowdown: number): Answer {
  const asMeasured = judgeQuantile(question, observations);
  const unslowed = { ...observations, lowAt: (rank: number) => observations.lowAt(rank) / slowdown };
  const answer = judgeQuantile(question, unslowed);
  if (answer.outcome === asMeasured.outcome) return answer;
  const explanation = machineDisturbed(asMeasured.message, { stolenMs: [], slowdowns: [slowdown], things: 'loads' });
  return { ...answer, reason: 'machine-disturbed', ...explanation };
}

/** The design effect of the share of requests that took at least so long; 1 where none did. */
export function dependenceAt(valueMs: number, { slices }: Pick<Distribution, 'slices'>): number {
  return designEffect(
    slices.map(({ histogram, count }) => {
      const observed = observeHistogram(histogram);
      let hits = 0;
      while (hits < count && observed.lowAt(count - hits) >= valueMs) hits += 1;
      return { count, hits };
    }),
  );
}
