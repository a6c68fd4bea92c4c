/** Findings → verdict: the worst blocking outcome, in the words of a rollout decision. */
import { type Finding, type Outcome, type Verdict, worst } from '../model.ts';

const verdicts: { readonly [outcome in Outcome]: Verdict } = {
  pass: 'go',
  inconclusive: 'inconclusive',
  fail: 'no-go',
};

/** Without a blocking finding nothing was decided: inconclusive. */
export function decide(findings: readonly Finding[]): Verdict {
  const blocking = findings.filter(({ severity }) => severity === 'blocking').map(({ outcome }) => outcome);
  if (blocking.length === 0) return 'inconclusive';
  return verdicts[blocking.reduce(worst)];
}
