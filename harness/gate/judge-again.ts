/** Judges a saved run from its plan and evidence alone, as it ended then. */

import { defined } from '../lib/defined.ts';
import { type GateReport, parseGateReport } from '../model/gate-report.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { SavedRun } from '../store/read-run.ts';
import { conclude } from './conclude.ts';

/** With the run's own plan, the report is as it was written, as long as Rampgate judges as it did. */
export function concludeAgain(plan: RunPlan, { evidence, gateJson }: SavedRun): GateReport {
  const { finishedAt, interrupted } = endingOf(gateJson);
  const lastEvidenceAt =
    evidence
      .map((one) => one.finishedAt)
      .toSorted()
      .at(-1) ?? plan.run.startedAt;
  return conclude(plan, evidence, {
    finishedAt: finishedAt ?? lastEvidenceAt,
    ...defined({ interrupted }),
  });
}

/** When and how the run ended, as it was written down; a run that was never judged ended in its middle. */
function endingOf(gateJson: unknown): { readonly finishedAt?: string; readonly interrupted?: string } {
  if (gateJson === null) return { interrupted: 'it ended before it was judged' };
  const { finishedAt, interrupted } = parseGateReport(gateJson).run;
  return { finishedAt, ...defined({ interrupted }) };
}

/** Ids of the findings that are not as they were written down, to the letter. */
export function changedFindings({ findings }: GateReport, { gateJson }: SavedRun): readonly string[] {
  // As it was written, not as a reader would put it in order.
  const { findings: then } = gateJson as Pick<GateReport, 'findings'>;
  const text = (finding: object | undefined): string => JSON.stringify(finding ?? null);
  const withId = (all: GateReport['findings'], id: string) => all.find(({ criterion }) => criterion === id);
  const ids = new Set([...findings, ...then].map(({ criterion }) => criterion));
  return [...ids].filter((id) => text(withId(findings, id)) !== text(withId(then, id)));
}
