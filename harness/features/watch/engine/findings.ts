/** What is known of each criterion → findings, at any moment of a watch and at its end. Pure. */

import { confidenceOf, type Errors, errorsFor, questionsOf, ratesOf } from '../../../judgement/errors.ts';
import { holds, type Interval, limitsFromAbove, sideOf } from '../../../judgement/limits.ts';
import { shareSequence, turned } from '../../../judgement/sequential/confidence-sequence.ts';
import { defined } from '../../../lib/defined.ts';
import type { Criterion, ErrorBudget } from '../../../model/criterion.ts';
import type { Finding, FindingPart, Observed } from '../../../model/finding.ts';
import { worst } from '../../../model/outcome.ts';
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

interface Part extends FindingPart {
  readonly needs?: string;
}

function partsOf(criterion: Criterion, point: PointState | undefined, errors: Errors): Part[] {
  if (point === undefined) return [unseen(criterion, [])];
  if (point.checked !== null) return [checksPart(criterion, point.checked)];
  if (point.counted !== null) return [countPart(criterion, point.counted)];
  if (point.parts.length === 0) return [unseen(criterion, point.lastQualityIssues)];
  const missing = criterion.groups.filter(
    (group) => point.parts.find(({ label }) => label === group)?.loadRecorder.exposure === 0,
  );
  return [
    ...missing.map(
      (group): Part => ({
        label: group,
        outcome: 'inconclusive',
        reason: 'group-missing',
        limit: criterion.limit,
        ...messages.groupUnseen(group),
      }),
    ),
    ...point.parts.filter(({ label }) => !missing.includes(label)).map((part) => sharePart(criterion, part, errors)),
  ];
}

function unseen({ limit }: Criterion, qualityIssues: PointState['lastQualityIssues']): Part {
  return {
    label: 'nothing',
    outcome: 'inconclusive',
    reason: 'no-evidence',
    limit,
    ...messages.nothingSeen(qualityIssues),
  };
}

function sharePart(criterion: Criterion, part: PartState, errors: Errors): Part {
  const { label, limit, loadRecorder } = part;
  const observed = observedOf(criterion, part, errors);
  const base = { label, limit, observed };
  const bad = shareSequence(loadRecorder, badErrors(errors, part));
  const allowed = badShareOf({ ...criterion, limit }, limit);
  const side = sideOf(bad, { op: '<', value: allowed, unit: 'ratio' });
  if (side === 'beyond') {
    return { ...base, outcome: 'fail', reason: 'interval-beyond-limit', ...messages.beyondForCertain(observed, limit) };
  }
  if (loadRecorder.exposure < Math.max(1, criterion.minSamples)) {
    const told = messages.tooLittle(observed, limit, criterion.minSamples);
    return { ...base, outcome: 'inconclusive', reason: 'too-few-samples', ...told };
  }
  return side === 'within'
    ? { ...base, outcome: 'pass', reason: 'interval-within-limit', ...messages.withinAllAlong(observed, limit) }
    : { ...base, outcome: 'inconclusive', reason: 'interval-spans-limit', ...messages.openStill(observed, limit) };
}

/** Errors are stated about the value; where large values are good, the bad share has its ends the other way round. */
function badErrors({ lower, upper }: Errors, { statistic, limit }: PartState): Errors {
  return statistic !== 'ratio' || limitsFromAbove(limit) ? { lower, upper } : { lower: upper, upper: lower };
}

function observedOf({ statistic }: Criterion, part: PartState, errors: Errors): Observed {
  const { loadRecorder, limit } = part;
  const samples = loadRecorder.exposure;
  const confidence = confidenceOf(errors);
  if (statistic.kind === 'percentile') {
    const found = percentileOfSketch(part.sketch, statistic.p, errors);
    const value = found?.valueMs ?? 0;
    const interval: Interval = found?.interval ?? [null, null];
    return { statistic: part.statistic, value, unit: 'ms', interval, confidence, samples };
  }
  const bad = shareSequence(loadRecorder, badErrors(errors, part));
  const share = samples === 0 ? 0 : loadRecorder.surely / samples;
  return limitsFromAbove(limit)
    ? { statistic: 'ratio', value: share, unit: 'ratio', interval: bad, confidence, samples }
    : { statistic: 'ratio', value: 1 - share, unit: 'ratio', interval: turned(bad), confidence, samples };
}

function countPart({ limit, minSamples, probe }: Criterion, counted: NonNullable<PointState['counted']>): Part {
  const { worst: worstSample, exposures } = counted;
  const observed: Observed = { statistic: 'count', value: worstSample.count, unit: 'count', samples: exposures };
  const base = { label: 'count', limit, observed, message: messages.countTold(counted, limit) };
  const kept = holds(worstSample.count, limit);
  const needed = Math.max(1, minSamples);
  // Too little of something, with nobody there to cause it, is no failure.
  const enough = limitsFromAbove(limit) ? exposures >= needed : worstSample.exposures >= needed;
  if (!kept && !limitsFromAbove(limit) && probe.startsWith('logs-')) {
    return { ...base, outcome: 'inconclusive', reason: 'too-few-samples', ...messages.seldomLogged(counted, limit) };
  }
  if (!kept && (limitsFromAbove(limit) || enough)) return { ...base, outcome: 'fail', reason: 'count-beyond-limit' };
  if (!enough) {
    const { message, needs } = messages.tooLittle(observed, limit, needed);
    return {
      ...base,
      outcome: 'inconclusive',
      reason: 'too-few-samples',
      message,
      ...defined({ needs }),
    };
  }
  return { ...base, outcome: 'pass', reason: 'count-within-limit' };
}

function checksPart({ limit, minSamples }: Criterion, checked: NonNullable<PointState['checked']>): Part {
  const { made, failed } = checked;
  const observed: Observed = { statistic: 'failed checks', value: failed, unit: 'count', samples: made };
  const base = { label: 'checks', limit, observed, message: messages.checksTold(checked) };
  if (failed > 0) return { ...base, outcome: 'fail', reason: 'check-failed' };
  if (made >= Math.max(1, minSamples)) return { ...base, outcome: 'pass', reason: 'all-checks-hold' };
  return { ...base, outcome: 'inconclusive', reason: 'too-few-samples', needs: `${minSamples - made} more checks` };
}

/** The worst part decides; a criterion that was beyond its alert limit did not remain within its limit. */
function findingOf(criterion: Criterion, parts: readonly Part[], alerts: readonly Alert[]): Finding {
  const outcome = parts.map((part) => part.outcome).reduce(worst);
  const decisive = parts.find((part) => part.outcome === outcome);
  if (decisive === undefined) throw new Error('a criterion was judged in no part');
  const { id, title, sli, scope, severity, limit, alert, warn, rationale, advice, checklist } = criterion;
  const standing = alerts.some(({ recoveredAt }) => recoveredAt === null);
  // A part that is called like its statistic is named in its message.
  const isNamed = decisive.label === decisive.observed?.statistic;
  const lead = parts.length > 1 && !isNamed ? `${decisive.label}: ` : '';
  const told = `${lead}${decisive.message}`;
  const alerted = alerts.length > 0;
  return {
    criterion: id,
    title,
    sli,
    scope,
    severity,
    outcome: alerted ? 'fail' : outcome,
    reason: alerted ? 'interval-beyond-limit' : decisive.reason,
    message: alerted ? messages.alertedIn(told, alerts.map(messages.alertSpan)) : told,
    ...defined({ observed: decisive.observed }),
    limit,
    ...defined({ alert }),
    alerting: standing,
    ...defined({ warn }),
    warning: false,
    ...(decisive.needs === undefined || alerted ? {} : { needs: decisive.needs }),
    rationale,
    advice,
    checklist,
    evidence: ['journal.ndjson'],
    parts: parts.length === 1 ? [] : parts.map(({ needs: _needs, ...part }) => part),
  };
}
