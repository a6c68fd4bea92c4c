/** The state of each criterion → findings, at any moment of a watch and at its end. Pure. */

import { type DecidedEstimate, decideChecks, decideCount, decideEstimate } from '../../../judgement/decide-part.ts';
import { confidenceOf, type Errors, errorsFor, questionsOf, ratesOf } from '../../../judgement/errors.ts';
import { atLeastOne, type JudgedPart } from '../../../judgement/judged-part.ts';
import { holds, type Interval, limitsFromAbove, sideOf } from '../../../judgement/limits.ts';
import { complement, shareSequence } from '../../../judgement/sequential/confidence-sequence.ts';
import { toFinding } from '../../../judgement/to-finding.ts';
import { defined } from '../../../lib/defined.ts';
import type { Criterion, ErrorBudget } from '../../../model/criterion.ts';
import type { Finding, Observed } from '../../../model/finding.ts';
import { worst } from '../../../model/outcome.ts';
import { isWindowed } from '../../../sources/registry.ts';
import type { Alert } from '../model.ts';
import * as messages from './messages.ts';
import type { PartState, PointState } from './point.ts';
import { badShareOf } from './reading.ts';
import { percentileOfSketch } from './value-sketch.ts';

export interface Known {
  readonly criteria: readonly Criterion[];
  readonly points: { readonly [id: string]: PointState };
  readonly alerts: readonly Alert[];
  readonly errorBudget: ErrorBudget;
}

/** One finding per criterion, in their order. */
export function findingsOf({ criteria, points, alerts, errorBudget }: Known): Finding[] {
  const deciding = criteria.filter(({ severity }) => severity === 'blocking');
  const rates = ratesOf(
    errorBudget,
    deciding.reduce((sum, criterion) => sum + questionsOf(criterion), 0),
  );
  return criteria.map((criterion) => {
    const parts = partsOf(criterion, points[criterion.id], errorsFor(criterion, rates));
    return findingOf(
      criterion,
      parts,
      alerts.filter(({ id }) => id === criterion.id),
    );
  });
}

function partsOf(criterion: Criterion, point: PointState | undefined, errors: Errors): JudgedPart[] {
  if (point === undefined) return [unseen(criterion, [])];
  if (point.checked !== null) return [checksPart(criterion, point.checked)];
  if (point.counted !== null) return [countPart(criterion, point.counted)];
  if (point.parts.length === 0) return [unseen(criterion, point.lastQualityIssues)];
  const missing = criterion.groups.filter(
    (group) => point.parts.find(({ label }) => label === group)?.counts.exposure === 0,
  );
  const seen = point.parts.filter(({ label }) => !missing.includes(label));
  return [
    ...missing.map((group) => missingGroup(criterion, group)),
    ...seen.map((part) => sharePart(criterion, part, errors)),
  ];
}

function unseen({ limit }: Criterion, qualityIssues: PointState['lastQualityIssues']): JudgedPart {
  const undecided = { label: 'nothing', nature: 'sampled', outcome: 'inconclusive', reason: 'no-evidence' } as const;
  return { ...undecided, limit, ...messages.nothingSeen(qualityIssues) };
}

function missingGroup({ limit }: Criterion, group: string): JudgedPart {
  const undecided = { label: group, nature: 'sampled', outcome: 'inconclusive', reason: 'group-missing' } as const;
  return { ...undecided, limit, ...messages.groupUnseen(group) };
}

function sharePart(criterion: Criterion, part: PartState, errors: Errors): JudgedPart {
  const { label, limit, counts } = part;
  const observed = observedOf(criterion, part, errors);
  const bad = shareSequence(counts, badErrors(errors, part));
  const allowed = badShareOf({ ...criterion, limit }, limit);
  const side = sideOf(bad, { op: '<', value: allowed, unit: 'ratio' });
  const decided = decideEstimate(side, counts.exposure >= atLeastOne(criterion.minSamples));
  const words = wordsFor(decided.reason, { observed, limit, minSamples: criterion.minSamples });
  return { label, nature: 'sampled', limit, observed, ...decided, ...words };
}

type JudgedShare = Pick<Criterion, 'limit' | 'minSamples'> & { readonly observed: Observed };

function wordsFor(
  reason: DecidedEstimate['reason'],
  { observed, limit, minSamples }: JudgedShare,
): messages.Explanation {
  switch (reason) {
    case 'interval-beyond-limit':
      return messages.beyondForCertain(observed, limit);
    case 'too-few-samples':
      return messages.tooLittle(observed, limit, minSamples);
    case 'interval-within-limit':
      return messages.withinAllAlong(observed, limit);
    case 'interval-spans-limit':
      return messages.openStill(observed, limit);
  }
}

/** Errors are stated about the value; where large values are good, the bad share has its ends the other way round. */
function badErrors({ lower, upper }: Errors, { statistic, limit }: PartState): Errors {
  return statistic !== 'ratio' || limitsFromAbove(limit) ? { lower, upper } : { lower: upper, upper: lower };
}

function observedOf({ statistic }: Criterion, part: PartState, errors: Errors): Observed {
  const { counts, limit } = part;
  const samples = counts.exposure;
  const confidence = confidenceOf(errors);
  if (statistic.kind === 'percentile') {
    const found = percentileOfSketch(part.sketch, statistic.p, errors);
    const value = found?.valueMs ?? 0;
    const interval: Interval = found?.interval ?? [null, null];
    return { statistic: part.statistic, value, unit: 'ms', interval, confidence, samples };
  }
  const bad = shareSequence(counts, badErrors(errors, part));
  const share = samples === 0 ? 0 : counts.surely / samples;
  return limitsFromAbove(limit)
    ? { statistic: 'ratio', value: share, unit: 'ratio', interval: bad, confidence, samples }
    : { statistic: 'ratio', value: 1 - share, unit: 'ratio', interval: complement(bad), confidence, samples };
}

function countPart({ limit, minSamples, probe }: Criterion, counted: NonNullable<PointState['counted']>): JudgedPart {
  const { worst: worstSample, exposures } = counted;
  const observed: Observed = { statistic: 'count', value: worstSample.count, unit: 'count', samples: exposures };
  const needed = atLeastOne(minSamples);
  // A log does not tell whether there was any use that would have written a line.
  const isComplete = !isWindowed(probe);
  // Too few of something without enough exposure is no failure.
  const isEnough = (limitsFromAbove(limit) ? exposures : worstSample.exposures) >= needed;
  const seen = { count: worstSample.count, projected: worstSample.count, isEnough, isComplete };
  const decided = decideCount(seen, limit);
  const part = {
    label: 'count',
    nature: 'exact',
    limit,
    observed,
    message: messages.countSeen(counted, limit),
  } as const;
  if (decided.outcome !== 'inconclusive') return { ...part, ...decided };
  const isSeldom = !isComplete && !holds(worstSample.count, limit);
  const { message, needs } = isSeldom
    ? messages.seldomLogged(counted, limit)
    : messages.tooLittle(observed, limit, needed);
  return { ...part, ...decided, message, ...defined({ needs }) };
}

function checksPart({ limit, minSamples }: Criterion, checked: NonNullable<PointState['checked']>): JudgedPart {
  const { made, failed } = checked;
  const observed: Observed = { statistic: 'failed checks', value: failed, unit: 'count', samples: made };
  const decided = decideChecks(checked, atLeastOne(minSamples));
  const part = { label: 'checks', nature: 'exact', limit, observed, message: messages.checksSeen(checked) } as const;
  if (decided.outcome !== 'inconclusive') return { ...part, ...decided };
  return { ...part, ...decided, needs: `${minSamples - made} more checks` };
}

/** The worst part decides; a criterion that was beyond its alert limit did not remain within its limit. */
function findingOf(criterion: Criterion, parts: readonly JudgedPart[], alerts: readonly Alert[]): Finding {
  const outcome = parts.map((part) => part.outcome).reduce(worst);
  const decisive = parts.find((part) => part.outcome === outcome);
  if (decisive === undefined) throw new Error('a criterion was judged in no part');
  // A part that is called like its statistic is named in its message.
  const isNamed = decisive.label === decisive.observed?.statistic;
  const lead = parts.length > 1 && !isNamed ? `${decisive.label}: ` : '';
  // The report holds the last values against this limit, which is that of the whole criterion.
  const worstPart = { ...decisive, limit: criterion.limit, message: `${lead}${decisive.message}` };
  return toFinding(criterion, {
    parts,
    decisive: alerts.length === 0 ? worstPart : alerted(worstPart, alerts),
    alerting: alerts.some(({ recoveredAt }) => recoveredAt === null),
    warning: false,
    evidence: ['journal.ndjson'],
  });
}

function alerted({ needs: _needs, ...part }: JudgedPart, alerts: readonly Alert[]): JudgedPart {
  const message = messages.alertedIn(part.message, alerts.map(messages.alertSpan));
  return { ...part, outcome: 'fail', reason: 'interval-beyond-limit', message };
}
