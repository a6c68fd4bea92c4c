/** The gate report as one self-contained page: no network, no foreign script, readable from a file. */
import { createHash } from 'node:crypto';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Delivery, Evidence, GateReport } from '../model.ts';
import { allFindings } from './html/findings.ts';
import { nextSteps, notChecked, verdictBanner, worstFindings } from './html/first-screen.ts';
import { html, iconSheet, type Markup } from './html/markup.ts';
import { pageScript } from './html/page-script.ts';
import { positiveControls } from './html/positive-controls.ts';
import { runIdentity } from './html/run-identity.ts';
import { stylesheet } from './html/stylesheet.ts';
import { successCriteria } from './html/success-criteria.ts';
import { verdictWords } from './wording.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src '${sourceHash(stylesheet)}'`,
  `script-src '${sourceHash(pageScript)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** An HTML document. Links lead to files beside it in the run folder. `delivery` says who was told, where anybody was to be. */
export function renderHtml(
  report: GateReport,
  evidence: readonly Evidence[],
  delivery: Delivery | null = null,
): string {
  const { run, verdict } = report;
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${contentSecurityPolicy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${`${verdictWords[verdict]}: ${run.target.name} ${run.target.release}`}</title>
      <style dangerouslySetInnerHTML=${{ __html: stylesheet }}></style>
    </head>
    <body>
      ${iconSheet}
      <main>
        ${verdictBanner(report)} ${worstFindings(report)} ${nextSteps(report)} ${notChecked(report)}
        ${successCriteria(report.successCriteria)} ${allFindings(report.findings, evidence)}
        ${positiveControls(evidence)}
        ${runIdentity(report, evidence, delivery)}
      </main>
      <script dangerouslySetInnerHTML=${{ __html: pageScript }}></script>
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(oneNode(page))}\n`;
}

function oneNode(markup: Markup): VNode {
  if (markup === null || Array.isArray(markup)) throw new Error('The page is not one element.');
  return markup;
}

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
