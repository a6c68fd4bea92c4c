/** Which probes could decide something with more samples; asked after each stage of sampling. */
import type { Criterion, ErrorBudget, Waiver } from '../model/criterion.ts';
import type { Evidence } from '../model/evidence.ts';
import { decides, type ReasonCode } from '../model/finding.ts';
import type { Instant } from '../model/units.ts';
import { itemAt } from './item-at.ts';
import { judge } from './judge.ts';
import { waive } from './waivers.ts';

/** Reasons that more samples can resolve; they cannot resolve a quality issue or the instrument's own uncertainty. */
const curable: ReadonlySet<ReasonCode> = new Set(['interval-spans-limit', 'too-few-samples', 'machine-disturbed']);

export interface Sampling {
  readonly criteria: readonly Criterion[];
  readonly waivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly startedAt: Instant;
}

/**
 * The probes with a deciding criterion that lacks samples. None once a deciding criterion has failed: the verdict is no-go
 * then. Criteria that are not measured yet are judged as well, because they share the error budget.
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
