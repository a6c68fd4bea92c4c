/** What a quality issue of the evidence does to a judgement that rests on it. */
import type { Evidence, QualityIssue, QualityIssueCode } from '../model/evidence.ts';
import { needsWithout, unreliable, withQualityIssuesNoted } from './evidence-messages.ts';
import type { JudgedPart } from './judged-part.ts';
import { limitsFromAbove } from './limits.ts';

/**
 * Whether a fail remains valid: only where the quality issue cannot have caused it. A pass never remains valid.
 */
// Stryker disable ObjectLiteral: an empty entry says false twice as well, and does not compile
const failRemains: { readonly [code in QualityIssueCode]: { readonly [nature in JudgedPart['nature']]: boolean } } = {
  // An outage makes everything slow, failing and wrong, whether or not the release caused it.
  'target-unreachable': { sampled: false, exact: false },
  // What a probe said before it crashed is not known to be true.
  'probe-crashed': { sampled: false, exact: false },
  // An interrupt cuts visits and requests short, which looks like errors of the application.
  interrupted: { sampled: false, exact: false },
  // A late generator adds its own delay to every time; exact counts and checks are not affected.
  'schedule-not-kept': { sampled: false, exact: true },
  // The same holds for a saturated generator.
  'generator-saturated': { sampled: false, exact: true },
  // Without the noise floor, a percentile beyond its limit may be noise.
  'machine-unknown': { sampled: false, exact: true },
  // Only errors were measured; the address or the credentials may be wrong.
  'nothing-served': { sampled: false, exact: false },
  // The target's defence answered, not the application.
  'rate-limited': { sampled: false, exact: false },
  // The circuit breaker stopped the load because the target was failing: the failure came first.
  'load-stopped': { sampled: true, exact: true },
  // The signal that was to be counted was not there.
  'signal-absent': { sampled: false, exact: false },
  // A blind probe misses things; what it saw was there.
  'control-not-seen': { sampled: false, exact: true },
  // The lost part may be what fails; a violation in the part that came through was there.
  'counted-in-part': { sampled: false, exact: true },
  // The missing visits may be the good ones; an error seen in the others was there.
  'scenario-crashed': { sampled: false, exact: true },
  // The results of the other commands remain valid.
  'command-not-runnable': { sampled: false, exact: true },
  'command-timed-out': { sampled: false, exact: true },
  // Without a baseline, growth is not known.
  'no-baseline': { sampled: false, exact: false },
  // Stopping at the ceiling does not change what was seen before; running out of time cuts visits short.
  'request-ceiling': { sampled: true, exact: true },
  'out-of-time': { sampled: false, exact: false },
  // The scenario was stopped because its steps were never painted: the failure came first.
  'scenario-stopped': { sampled: true, exact: true },
};
// Stryker restore ObjectLiteral

/** The quality issues that concern an SLI: those that name it, and those about the whole probe. */
export function qualityIssuesAbout(sli: string, { qualityIssues }: Evidence): readonly QualityIssue[] {
  return qualityIssues.filter(({ slis }) => slis === undefined || slis.includes(sli));
}

/** The part made inconclusive, unless it is a fail that the quality issues cannot have caused. */
export function withQualityIssues(part: JudgedPart, qualityIssues: readonly QualityIssue[]): JudgedPart {
  if (qualityIssues.length === 0) return part;
  // Too few of something may be missing from what was seen alone, so it is no exact finding.
  const nature = limitsFromAbove(part.limit) ? part.nature : 'sampled';
  const remains = failStandsUnder(qualityIssues, nature);
  if (part.outcome === 'inconclusive' || (part.outcome === 'fail' && remains)) {
    return { ...part, message: withQualityIssuesNoted(part.message, qualityIssues) };
  }
  // With such an issue nothing could have failed.
  const { detects: _, ...rest } = part;
  return {
    ...rest,
    outcome: 'inconclusive',
    reason: 'evidence-doubted',
    message: unreliable(part.message, qualityIssues),
    needs: needsWithout(qualityIssues),
  };
}

/** Whether a violation still counts: only where none of the quality issues can have caused it. */
export function failStandsUnder(qualityIssues: readonly QualityIssue[], nature: JudgedPart['nature']): boolean {
  return qualityIssues.every(({ code }) => failRemains[code][nature]);
}
