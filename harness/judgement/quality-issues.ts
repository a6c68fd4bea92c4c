/** What a doubt about the evidence does to a judgement that rests on it. */
import type { Evidence, QualityIssue, QualityIssueCode } from '../model/evidence.ts';
import { needsWithout, unreliable, withQualityIssuesNoted } from './evidence-messages.ts';
import type { JudgedPart } from './judged-part.ts';
import { limitsFromAbove } from './limits.ts';

/**
 * Whether a fail still stands under a doubt: only where the doubt cannot have brought it about. A pass never stands.
 */
// Stryker disable ObjectLiteral: an empty entry says false twice as well, and does not compile
const failStands: { readonly [code in QualityIssueCode]: { readonly [nature in JudgedPart['nature']]: boolean } } = {
  // An outage makes everything slow, failing and wrong; whether the release is to blame, nobody can tell from here.
  'target-unreachable': { sampled: false, exact: false },
  // Who failed was the probe: what it said before that is not known to be true.
  'probe-crashed': { sampled: false, exact: false },
  // Interrupting cuts visits and requests short, which looks like errors of the application.
  interrupted: { sampled: false, exact: false },
  // A generator that is late adds its own delay to every number; a false statement shown is false all the same.
  'schedule-not-kept': { sampled: false, exact: true },
  // So is what a saturated one says about time.
  'generator-saturated': { sampled: false, exact: true },
  // Whether a percentile differs from its limit by more than noise, nobody can tell.
  'machine-unknown': { sampled: false, exact: true },
  // Nothing but errors was measured; the fault may be in the address or the credentials as well as in the release.
  'nothing-served': { sampled: false, exact: false },
  // The target's defence answered, not the application.
  'rate-limited': { sampled: false, exact: false },
  // The breaker ended the load because the target was failing: the fail is why, not what came of it.
  'load-stopped': { sampled: true, exact: true },
  // What was to be counted could not be told apart from the rest.
  'signal-absent': { sampled: false, exact: false },
  // A blind probe misses what is there; what it saw all the same was there.
  'control-not-seen': { sampled: false, exact: true },
  // What did not come through may be what fails; what came through and violates the limit was there.
  'counted-in-part': { sampled: false, exact: true },
  // The visits that are missing may be the good ones; an error seen in the others was there.
  'scenario-crashed': { sampled: false, exact: true },
  // What the others said stands; of this one nothing is known.
  'command-not-runnable': { sampled: false, exact: true },
  'command-timed-out': { sampled: false, exact: true },
  // What nothing is compared with has not grown.
  'no-baseline': { sampled: false, exact: false },
  // Where the run had to stop has nothing to do with what it saw until then; a cut visit has.
  'request-ceiling': { sampled: true, exact: true },
  'out-of-time': { sampled: false, exact: false },
  // It was ended because its steps were never painted: again the fail is why.
  'scenario-stopped': { sampled: true, exact: true },
};
// Stryker restore ObjectLiteral

/** The doubts of an evidence that concern an SLI: those that name it, and those about the whole probe. */
export function qualityIssuesAbout(sli: string, { qualityIssues }: Evidence): readonly QualityIssue[] {
  return qualityIssues.filter(({ slis }) => slis === undefined || slis.includes(sli));
}

/** The same part, inconclusive at best, unless it is a fail that the doubts cannot have caused. */
export function withQualityIssues(part: JudgedPart, qualityIssues: readonly QualityIssue[]): JudgedPart {
  if (qualityIssues.length === 0) return part;
  // Too little of something was not seen but missed, and what is missing may be in what was not looked at.
  const nature = limitsFromAbove(part.limit) ? part.nature : 'sampled';
  const stands = failStandsUnder(qualityIssues, nature);
  if (part.outcome === 'inconclusive' || (part.outcome === 'fail' && stands)) {
    return { ...part, message: withQualityIssuesNoted(part.message, qualityIssues) };
  }
  // Under such a doubt nothing could have failed, so nothing can be said about what would have.
  const { detects: _, ...rest } = part;
  return {
    ...rest,
    outcome: 'inconclusive',
    reason: 'evidence-doubted',
    message: unreliable(part.message, qualityIssues),
    needs: needsWithout(qualityIssues),
  };
}

/** Whether what speaks against the target still counts: only where none of the doubts can have brought it about. */
export function failStandsUnder(qualityIssues: readonly QualityIssue[], nature: JudgedPart['nature']): boolean {
  return qualityIssues.every(({ code }) => failStands[code][nature]);
}
