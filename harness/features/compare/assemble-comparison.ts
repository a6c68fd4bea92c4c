/** What was compared, as the document that all reports are made of. Pure. */

import { verdictOf } from '../../judgement/comparison/verdict-of.ts';
import type { ComparisonReport } from '../../model/comparison.ts';

type Comparison = ComparisonReport['comparison'];

/** A comparison before it is one with a name and a time. */
export interface Compared
  extends Pick<Comparison, 'rollout' | 'profile' | 'design' | 'configHash' | 'endedEarly'>,
    Omit<ComparisonReport, 'schemaVersion' | 'comparison' | 'verdict'> {}

export function assembleComparison(
  compared: Compared,
  made: Pick<Comparison, 'id' | 'startedAt' | 'finishedAt' | 'tool'>,
): ComparisonReport {
  const { rollout, profile, design, configHash, endedEarly, ...rest } = compared;
  return {
    schemaVersion: 1,
    comparison: { ...made, rollout, profile, design, configHash, endedEarly },
    verdict: verdictOf(rest.criteria),
    ...rest,
  };
}
