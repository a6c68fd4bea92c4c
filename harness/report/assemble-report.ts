/** The gate report: what a run found, put together without judging anything again. */

import { defined } from '../lib/defined.ts';
import type { ChecklistRun } from '../model/checklist-run.ts';
import type { ErrorBudget, SuccessCriterion, Waiver } from '../model/criterion.ts';
import type { Attachment, MachineNoise } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Footprint, GateReport, NotExercised, NotProven, SuccessCriterionResult } from '../model/gate-report.ts';
import type { Verdict } from '../model/outcome.ts';
import type { RollbackPlan } from '../model/rollback.ts';
import type { RunIdentity } from '../model/run.ts';
import { sumUpRow } from '../model/success-criteria.ts';

export interface ReportInput {
  readonly run: RunIdentity;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** The rows of the rollout's checklist, in its order. */
  readonly successCriteria: readonly SuccessCriterion[];
  /** Criteria this run was not asked to look at, each with the reason. */
  readonly leftOut: readonly NotExercised[];
  readonly notProven: readonly NotProven[];
  readonly expiredWaivers: readonly Waiver[];
  readonly errorBudget: ErrorBudget;
  readonly machineNoise: MachineNoise;
  /** Of a run of a bounded profile. */
  readonly footprint?: Footprint;
  /** What people answered for. */
  readonly checklistRuns?: readonly ChecklistRun[];
  readonly rollback: RollbackPlan;
  readonly documents: readonly Attachment[];
}

/**
 * Sums up each success criterion as the worst of the deciding findings that name it. A row that no such finding
 * answers is `not-exercised`, and listed as such unless what it asks for is listed already: an advisory finding decides
 * nothing.
 */
export function assembleReport(input: ReportInput): GateReport {
  const { run, verdict, findings, leftOut, notProven, expiredWaivers, errorBudget, machineNoise } = input;
  const successCriteria = input.successCriteria.map((row) => sumUp(row, input));
  const unexplained = successCriteria.filter((row) => row.outcome === 'not-exercised' && row.notExercised.length === 0);
  return {
    schemaVersion: 1,
    run,
    verdict,
    findings,
    successCriteria,
    notExercised: [...unexplained.map((row) => notExercised(row, input)), ...leftOut],
    notProven,
    expiredWaivers,
    errorBudget,
    machineNoise,
    ...defined({ checklistRuns: input.checklistRuns, footprint: input.footprint }),
    rollback: input.rollback,
    documents: input.documents,
  };
}

function sumUp(row: SuccessCriterion, { findings, leftOut }: ReportInput): SuccessCriterionResult {
  const sum = sumUpRow(row, { findings, leftOut });
  const waived = namingRow(row, findings).filter((finding) => finding.waived !== undefined);
  return { ...sum, notExercised: [...sum.notExercised, ...waived.map(({ criterion }) => criterion)] };
}

function notExercised(row: SuccessCriterion, { run, findings }: ReportInput): NotExercised {
  const advisory = namingRow(row, findings).map((finding) => finding.criterion);
  const reason =
    advisory.length === 0
      ? `No criterion judged in profile ${run.profile} answers it.`
      : `Only advisory criteria speak of it, and they decide nothing: ${advisory.join(', ')}.`;
  return { id: row.id, title: row.title, reason, checklist: [row.id] };
}

function namingRow(row: SuccessCriterion, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.checklist.includes(row.id));
}
