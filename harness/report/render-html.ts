/** The gate report as one self-contained page. */
import type { Delivery, Evidence, GateReport } from '../model.ts';
import { renderDocument } from './html/document.ts';
import { gaugePatterns } from './html/edge-gauge.ts';
import { filterStyles } from './html/filters.ts';
import { allFindings } from './html/findings.ts';
import { nextSteps, notChecked, notCheckedInShort, verdictBanner, worstFindings } from './html/first-screen.ts';
import { loadSection } from './html/load-section.ts';
import { html } from './html/markup.ts';
import { positiveControls } from './html/positive-controls.ts';
import { runIdentity } from './html/run-identity.ts';
import { successCriteria } from './html/success-criteria.ts';
import { verdictWords } from './wording.ts';

/** What the page shows beside the report. */
export interface HtmlSources {
  readonly evidence: readonly Evidence[];
  /** Who was told, where anybody was to be. */
  readonly delivery?: Delivery | null;
}

/** An HTML document. Links lead to files beside it in the run folder. */
export function renderHtml(report: GateReport, { evidence, delivery = null }: HtmlSources): string {
  const { run, verdict, findings } = report;
  return renderDocument({
    title: `${verdictWords[verdict]}: ${run.target.name} ${run.target.release}`,
    styles: filterStyles,
    main: html`${gaugePatterns} ${verdictBanner(report)}
      <div class="first">
        ${worstFindings(report)}
        <div class="first-aside">${nextSteps(report)} ${notCheckedInShort(report)}</div>
      </div>
      ${successCriteria(report.successCriteria)} ${allFindings(findings, { evidence })}
      ${loadSection(evidence, findings)} ${notChecked(report)} ${positiveControls(evidence)}
      ${runIdentity(report, evidence, delivery)}`,
  });
}
