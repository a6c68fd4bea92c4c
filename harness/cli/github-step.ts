/** Annotations and the step summary for a gate that runs in GitHub Actions. */
import { appendFileSync, existsSync, statSync } from 'node:fs';
import type { Shell } from '../lib/shell.ts';
import type { Delivery } from '../model/delivery.ts';
import type { GateReport } from '../model/gate-report.ts';
import { renderAnnotations, renderStepSummary } from '../report/ci/render-github.ts';

interface ReportedRun {
  readonly report: GateReport;
  readonly delivery: Delivery | null;
}

/** Within GitHub Actions: annotations, and the step's summary. Elsewhere: nothing. */
export function annotateGithubStep(run: ReportedRun, { env, err }: Shell): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  // GitHub reads both streams; standard output may be a document.
  err(renderAnnotations(run.report));
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') appendStepSummary(file, run);
}

/** GitHub drops a summary that is too long entirely, so the length of the existing text counts too. */
export function appendStepSummary(file: string, { report, delivery }: ReportedRun): void {
  const takenBytes = existsSync(file) ? statSync(file).size : 0;
  appendFileSync(file, `\n${renderStepSummary(report, { delivery, takenBytes })}`);
}
