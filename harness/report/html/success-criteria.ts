/** The rollout's own list: each success criterion with its outcome and the findings that answer it. */
import type { SuccessCriterionResult } from '../../model.ts';
import { findingHref, html, type Markup, outcomeBadge } from './markup.ts';

export function successCriteria(rows: readonly SuccessCriterionResult[]): Markup {
  if (rows.length === 0) return null;
  const met = rows.filter(({ outcome }) => outcome === 'pass').length;
  return html`<section aria-labelledby="success-criteria">
    <h2 id="success-criteria">Success criteria <span class="tally">${String(met)} of ${String(rows.length)} met</span></h2>
    <ul class="rows">${rows.map(successCriterion)}</ul>
  </section>`;
}

function successCriterion({ id, title, outcome, findings }: SuccessCriterionResult): Markup {
  return html`<li>
    ${outcomeBadge(outcome)}
    <span class="row-id">${id}</span>
    <span class="what">
      ${title}
      <span class="answers">
        ${findings.map((criterion) => html`<a href=${findingHref(criterion)}><code>${criterion}</code></a>`)}
      </span>
    </span>
  </li>`;
}
