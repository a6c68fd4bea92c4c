/** What more samples could decide: pure, so that the gate may look after each stage of its sampling. */
import type { Criterion, ErrorBudget, Waiver } from '../model/criterion.ts';
import type { Evidence } from '../model/evidence.ts';
import { decides, type ReasonCode } from '../model/finding.ts';
import type { Instant } from '../model/units.ts';
import { itemAt } from './item-at.ts';
import { judge } from './judge.ts';
import { waive } from './waivers.ts';

/** Reasons to be undecided that more of the same can do away with; a doubt or an instrument's own uncertainty it cannot. */
const curable: ReadonlySet<ReasonCode> = new Set(['interval-spans-limit', 'too-few-samples', 'machine-disturbed']);

export interface Sampling {
  readonly criteria: readonly Criterion[];
  readonly waivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly startedAt: Instant;
}

/**
 * The probes with a deciding criterion that is open for want of samples. None when such a criterion has failed already: the
 * verdict is no-go then, whatever the others come to. All criteria are judged, also those that nobody has measured yet:
 * they share the errors, now as at the end.
 */
export function probesToAskAgain(
  { criteria, waivers, errorBudget, startedAt }: Sampling,
  evidence: readonly Evidence[],
): ReadonlySet<string> {
  const findings = waive(judge(criteria, evidence, errorBudget), waivers, startedAt);
  if (findings.some((finding) => decides(finding) && finding.outcome === 'fail')) return new Set();
  return new Set(
    criteria.flatMap(({ probe, looks = 1 }, index) => {
      const finding = itemAt(findings, index);
      const isOpen = decides(finding) && curable.has(finding.reason);
      return isOpen && looks > 1 ? [probe] : [];
    }),
  );
}
