/** Findings → verdict: the worst blocking outcome, in the words of a rollout decision. */
import { decides, type Finding } from '../model/finding.ts';
import { type Outcome, type Verdict, worst } from '../model/outcome.ts';

const verdicts: { readonly [outcome in Outcome]: Verdict } = {
  pass: 'go',
  inconclusive: 'inconclusive',
  fail: 'no-go',
};

/** Inconclusive without a finding that decides. */
export function decide(findings: readonly Finding[]): Verdict {
  const deciding = findings.filter(decides).map(({ outcome }) => outcome);
  if (deciding.length === 0) return 'inconclusive';
  return verdicts[deciding.reduce(worst)];
}
