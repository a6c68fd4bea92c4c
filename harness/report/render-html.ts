/** The gate report as one self-contained page. */
import type { BaselineRun } from '../model/baseline.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Evidence } from '../model/evidence.ts';
import type { GateReport } from '../model/gate-report.ts';
import type { LastGo } from '../model/last-go.ts';
import { changesSection } from './html/changes-section.ts';
import { gaugePatterns } from './html/edge-gauge.ts';
import type { Pictures } from './html/filmstrip.ts';
import { filterStyles } from './html/filters.ts';
import { allFindings } from './html/findings.ts';
import { nextSteps, notChecked, notCheckedInShort, verdictBanner, worstFindings } from './html/first-screen.ts';
import { loadSection } from './html/load-section.ts';
import { html } from './html/markup.ts';
import { renderPage } from './html/page.ts';
import { positiveControls } from './html/positive-controls.ts';
import { runIdentity } from './html/run-identity.ts';
import { successCriteria } from './html/success-criteria.ts';
import { subjectText, verdictWords } from './wording.ts';

/** What the page shows beside the report. */
export interface HtmlSources {
  readonly evidence: readonly Evidence[];
  /** Who was told, where anybody was to be. */
  readonly delivery?: Delivery | null;
  /** The last run of its kind that was a go; null where nobody looked for it. */
  readonly lastGo?: LastGo | null;
  /** Accepted runs that it may be compared with, newest first. */
  readonly baselines?: readonly BaselineRun[];
  /** Small pictures that the evidence names. */
  readonly pictures?: Pictures;
}

/** An HTML document. Links lead to files beside it in the run folder. */
export function renderHtml(report: GateReport, sources: HtmlSources): string {
  const { evidence, delivery = null, lastGo = null, baselines = [], pictures = {} } = sources;
  const { verdict, findings } = report;
  return renderPage({
    title: `${verdictWords[verdict]}: ${subjectText(report)}`,
    styles: filterStyles,
    pictures: Object.keys(pictures).length > 0,
    main: html`${gaugePatterns} ${verdictBanner(report)}
      <div class="first">
        ${worstFindings(report)}
        ${nextSteps(report)} ${notCheckedInShort(report)}
      </div>
      ${successCriteria(report.successCriteria)} ${allFindings(findings, { evidence, baselines, pictures })}
      ${loadSection(evidence, findings)} ${changesSection(report, lastGo)} ${notChecked(report)} ${positiveControls(evidence)}
      ${runIdentity(report, evidence, delivery)}`,
  });
}
