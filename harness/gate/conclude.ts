/** Plan and evidence → gate report: judge, decide, plan the rollback plan. Pure, so that a saved run can be judged again. */

import { decide } from '../judgement/decide.ts';
import { judge } from '../judgement/judge.ts';
import { machineNoiseOf } from '../judgement/machine-noise.ts';
import { notProven } from '../judgement/not-proven.ts';
import { planRollback } from '../judgement/rollback/plan-rollback.ts';
import { isInForce, waive } from '../judgement/waivers.ts';
import { withBaselines } from '../judgement/with-baselines.ts';
import { defined } from '../lib/defined.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { Instant } from '../model/units.ts';
import { assembleReport } from '../report/assemble-report.ts';
import { isInBrowser } from '../sources/registry.ts';

export interface Ending {
  readonly finishedAt: Instant;
  /** Why the run did not come to its natural end, if it did not. */
  readonly interrupted?: string;
}

/** The report of a run. The same plan and evidence give the same findings, whenever and wherever. */
export function conclude(plan: RunPlan, evidence: readonly Evidence[], ending: Ending): GateReport {
  const { run, rollout, profile, configHash, successCriteria } = plan;
  const browser = browserOf(evidence);
  const { criteria, leftOut } = withBaselines(plan, { browser, isInBrowser });
  const judged = waive(judge(criteria, evidence, plan.errorBudget), plan.waivers, run.startedAt);
  const findings = judged.map((finding) => withProof(finding, plan));
  const verdict = decide(findings);
  const { machine, ...identity } = run;
  return assembleReport({
    run: {
      ...identity,
      rollout,
      profile,
      environment: { ...machine, browser },
      configHash,
      ...ending,
    },
    verdict,
    findings,
    successCriteria,
    leftOut: [...plan.leftOut, ...leftOut],
    notProven: notProven(evidence),
    errorBudget: plan.errorBudget,
    machineNoise: machineNoiseOf(evidence),
    expiredWaivers: plan.waivers.filter((waiver) => !isInForce(waiver, run.startedAt)),
    ...defined({ checklistRuns: plan.checklistRuns }),
    ...(plan.bounds === undefined ? {} : { footprint: { ...plan.bounds, requests: requestsOf(evidence) } }),
    rollback: planRollback({
      verdict,
      findings,
      policy: plan.rollback,
      target: run.target,
      preflight: plan.preflight ?? null,
      at: run.startedAt,
    }),
    documents: evidence.flatMap((one) => (one.status === 'collected' ? one.attachments : [])),
  });
}

function withProof(finding: Finding, { proofs }: RunPlan): Finding {
  const proof = proofs?.[finding.criterion];
  if (proof === undefined) return finding;
  return { ...finding, ...(proof.status === 'fired' ? { lastProvedToFire: proof.at.slice(0, 10) } : {}), proof };
}

/** As many as had been made when the last evidence came. */
function requestsOf(evidence: readonly Evidence[]): number {
  return Math.max(0, ...evidence.map(({ requestsSoFar = 0 }) => requestsSoFar));
}

/** The build that measured, as far as anything has been measured. */
export function browserOf(evidence: readonly Evidence[]): string {
  const version = evidence.flatMap((one) => (one.status === 'collected' ? [one.tools['Chromium']] : [])).find(Boolean);
  return version === undefined ? 'not used' : `Chromium ${version}`;
}
