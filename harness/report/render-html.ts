/** The gate report as one self-contained page. */
import type { Delivery, Evidence, GateReport } from '../model.ts';
import { renderDocument } from './html/document.ts';
import { allFindings } from './html/findings.ts';
import { nextSteps, notChecked, verdictBanner, worstFindings } from './html/first-screen.ts';
import { html } from './html/markup.ts';
import { positiveControls } from './html/positive-controls.ts';
import { runIdentity } from './html/run-identity.ts';
import { successCriteria } from './html/success-criteria.ts';
import { verdictWords } from './wording.ts';

/** An HTML document. Links lead to files beside it in the run folder. `delivery` says who was told, where anybody was to be. */
export function renderHtml(
  report: GateReport,
  evidence: readonly Evidence[],
  delivery: Delivery | null = null,
): string {
  const { run, verdict } = report;
  return renderDocument({
    title: `${verdictWords[verdict]}: ${run.target.name} ${run.target.release}`,
    main: html`${verdictBanner(report)} ${worstFindings(report)} ${nextSteps(report)} ${notChecked(report)}
      ${successCriteria(report.successCriteria)} ${allFindings(report.findings, evidence)}
      ${positiveControls(evidence)} ${runIdentity(report, evidence, delivery)}`,
  });
}
