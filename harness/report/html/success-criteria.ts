/** The rollout's own list: each success criterion with its outcome and the findings that answer it. */
import type { SuccessCriterionResult } from '../../model/gate-report.ts';
import { rowOutcome, rowsMet } from '../wording.ts';
import { findingHref, html, type Markup, outcomeBadge } from './markup.ts';

export function successCriteria(rows: readonly SuccessCriterionResult[]): Markup {
  if (rows.length === 0) return null;
  return html`<section aria-labelledby="success-criteria">
    <h2 id="success-criteria">Success criteria <span class="count">${rowsMet(rows)}</span></h2>
    <ul class="rows">${rows.map(successCriterion)}</ul>
  </section>`;
}

function successCriterion(row: SuccessCriterionResult): Markup {
  const { id, title, outcome, findings, notExercised } = row;
  return html`<li>
    ${outcomeBadge(outcome, rowOutcome(row))}
    <span class="row-id">${id}</span>
    <span class="what">
      ${title}
      <span class="answers">
        ${findings.map((criterion) => html`<a href=${findingHref(criterion)}><code>${criterion}</code></a>`)}
        ${notExercised.length > 0 ? html`<span class="quiet">not checked: ${notExercised.join(', ')}</span>` : null}
      </span>
    </span>
  </li>`;
}
