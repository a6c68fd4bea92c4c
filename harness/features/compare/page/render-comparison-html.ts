/** A comparison as one self-contained page: what it came to, the changes as intervals, and the table of before and after. */

import { formatDuration } from '../../../lib/format.ts';
import type { ComparedCriterion, ComparedPart, ComparedSide, ComparisonReport } from '../../../model/comparison.ts';
import { renderDocument } from '../../../report/html/document.ts';
import { html, type Markup, outcomeBadge, verdictIcon } from '../../../report/html/markup.ts';
import { asSentence, counted, instantText } from '../../../report/wording.ts';
import { changesChart } from './changes-chart.ts';
import {
  changeText,
  comparisonHeadline,
  comparisonMeaning,
  comparisonVerdictWords,
  confidenceText,
  type Direction,
  designText,
  directionWord,
  effectText,
  errorText,
  intervalText,
  negligibleText,
  notComparedByReason,
  tableNote,
  valueText,
  worstFirst,
} from './wording.ts';

/** An HTML document that loads nothing. */
export function renderComparisonHtml(report: ComparisonReport): string {
  const { comparison, verdict, before, after } = report;
  return renderDocument({
    title: `${comparisonVerdictWords[verdict]}: ${before.name} → ${after.name}, ${comparison.rollout}`,
    styles,
    main: html`${banner(report)} ${explained(report)} ${table(report)} ${changes(report)} ${notCompared(report)} ${identity(report)}`,
  });
}

const gateVerdicts = { 'nothing-worse': 'go', worse: 'no-go', undecided: 'inconclusive' } as const;

function banner(report: ComparisonReport): Markup {
  const { comparison, verdict } = report;
  const asGate = gateVerdicts[verdict];
  const tookMs = Date.parse(comparison.finishedAt) - Date.parse(comparison.startedAt);
  return html`<header class=${`banner ${asGate}`}>
    <p class="rollout">${`Comparison, ${comparison.rollout}`}</p>
    <h1>${verdictIcon(asGate)}<span>${comparisonVerdictWords[verdict]}</span></h1>
    <p class="headline">${comparisonHeadline(report)} <strong>${comparisonMeaning(report)}</strong></p>
    ${comparison.endedEarly === null ? null : html`<p class="interrupted">${asSentence(`Ended early: ${comparison.endedEarly}`)}</p>`}
    <dl class="facts">
      <div><dt>Compared</dt><dd>${designText(report)}</dd></div>
      <div><dt>Profile</dt><dd>${comparison.profile}</dd></div>
      <div><dt>Started</dt><dd>${instantText(comparison.startedAt)}</dd></div>
      <div><dt>Took</dt><dd>${formatDuration(tookMs)}</dd></div>
    </dl>
  </header>`;
}

function explained({ criteria }: ComparisonReport): Markup {
  const items = worstFirst(criteria).filter((one) => directionWord(one) !== 'same');
  if (items.length === 0) return null;
  return html`<section aria-labelledby="not-same">
    <h2 id="not-same">What is not the same</h2>
    <ul class="rows">
      ${items.map(
        (one) =>
          html`<li class="compared">${badge(one)}<span class="what"><b>${one.title}</b> <code>${one.criterion}</code><br />${one.message}${one.needs === undefined ? null : html` <span class="quiet">${asSentence(`Needs: ${one.needs}`)}</span>`}</span></li>`,
      )}
    </ul>
  </section>`;
}

function table(report: ComparisonReport): Markup {
  if (report.criteria.length === 0) return null;
  return html`<section aria-labelledby="table">
    <h2 id="table">Before and after</h2>
    <p class="quiet">${tableNote(report)}</p>
    <div class="scroll" tabindex="0"><table class="parts delta">
      <thead><tr><th>Outcome</th><th>Criterion</th><th class="number">Before</th><th class="number">After</th><th class="number">Change</th><th class="number">Interval</th><th class="number">Confidence</th><th>Effect</th></tr></thead>
      <tbody>
        ${worstFirst(report.criteria).flatMap((one) => [
          row(
            one,
            html`<code>${one.criterion}</code>${one.severity === 'advisory' ? html`<span class="tag">advisory</span>` : null}`,
          ),
          ...one.parts.map((part) => row(part, html`<span class="part">${part.label}</span>`)),
        ])}
      </tbody>
    </table></div>
  </section>`;
}

function row(part: ComparedPart | ComparedCriterion, name: Markup): Markup {
  const { before, after, change, effect } = part;
  return html`<tr>
    <td>${badge(part)}</td><td>${name}</td>
    <td class="number">${valueText(before)}</td><td class="number">${valueText(after)}</td>
    <td class="number">${changeText(change)}</td><td class="number">${intervalText(change)}</td>
    <td class="number">${confidenceText(change)}</td><td>${effectText(effect)}</td>
  </tr>`;
}

const badges: { readonly [direction in Direction]: 'pass' | 'fail' | 'inconclusive' | 'not-exercised' } = {
  worse: 'fail',
  undecided: 'inconclusive',
  better: 'pass',
  same: 'not-exercised',
};

function badge(part: Pick<ComparedPart, 'outcome' | 'worse'>): Markup {
  const word = directionWord(part);
  return outcomeBadge(badges[word], word);
}

function changes(report: ComparisonReport): Markup {
  const chart = changesChart(report.criteria);
  if (chart === null) return null;
  return html`<section aria-labelledby="changes"><h2 id="changes">The changes and what is negligible</h2>${chart}</section>`;
}

function notCompared(report: ComparisonReport): Markup {
  if (report.notCompared.length === 0) return null;
  return html`<section aria-labelledby="not-compared">
    <h2 id="not-compared">Not compared <span class="tally">${counted(report.notCompared.length, 'criterion', 'criteria')}</span></h2>
    ${notComparedByReason(report).map(
      ({ reason, named }) =>
        html`<p>${reason}</p><ul class="not-checked">${named.map(({ criterion, title }) => html`<li>${title} <code>${criterion}</code></li>`)}</ul>`,
    )}
  </section>`;
}

function identity(report: ComparisonReport): Markup {
  const { comparison, before, after } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Comparison', comparison.id],
    ['Before', sideText(before)],
    ['After', sideText(after)],
    ['Machine', after.environment.machineClass],
    ['Browser', after.environment.browser],
    ['Rampgate', `${comparison.tool.version} (${comparison.tool.commit})`],
    ['Configuration', comparison.configHash],
  ];
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">This comparison</h2>
    <p>${negligibleText(report)} ${errorText(report)}</p>
    <dl class="identity">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>
  </section>`;
}

function sideText({ target, run, measuredAt }: ComparedSide): string {
  return `${target.name}, release ${target.release}, ${run ?? `${target.web}, API ${target.api}`}, from ${instantText(measuredAt)} on`;
}

const styles = `
.rows li.compared { grid-template-columns: 8.2rem minmax(0, 1fr); }
.delta td { white-space: nowrap; }
.delta td:last-child { min-width: 11rem; white-space: normal; }
.delta .part { padding-left: 1.2rem; color: var(--quiet); }
section > dl.identity { margin-top: 12px; }
@media (max-width: 640px) { .rows li.compared { grid-template-columns: minmax(0, 1fr); } }
`;
