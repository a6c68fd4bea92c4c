/** What more samples could decide: pure, so that the gate may look after each stage of its sampling. */
import type { Criterion, ErrorBudget, Evidence, ReasonCode } from '../model.ts';
import { judge } from './judge.ts';

/** Reasons that more of the same can do away with; a doubt or an instrument's own uncertainty it cannot. */
const curable: ReadonlySet<ReasonCode> = new Set(['interval-spans-limit', 'too-few-samples', 'machine-disturbed']);

/**
 * The probes with a blocking criterion that is undecided for want of samples. None when a criterion has failed already: the
 * verdict is no-go then, whatever the others come to.
 */
export function probesToAskAgain(
  criteria: readonly Criterion[],
  evidence: readonly Evidence[],
  budget: ErrorBudget,
): ReadonlySet<string> {
  const measured = new Set(evidence.map(({ probe }) => probe));
  const asked = criteria.filter(({ probe }) => measured.has(probe));
  const findings = judge(asked, evidence, budget);
  if (findings.some(({ severity, outcome }) => severity === 'blocking' && outcome === 'fail')) return new Set();
  return new Set(
    asked.flatMap(({ probe, severity, looks = 1 }, index) => {
      const finding = findings[index];
      const open = finding?.outcome === 'inconclusive' && curable.has(finding.reason);
      return open && severity === 'blocking' && looks > 1 ? [probe] : [];
    }),
  );
}
