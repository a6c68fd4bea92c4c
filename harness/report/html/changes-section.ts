/** What changed since the last go, for whoever asks why today is not like then. */
import { formatLimit } from '../../lib/format.ts';
import type { GateReport } from '../../model/gate-report.ts';
import type { LastGo } from '../../model/last-go.ts';
import { type Changes, type CriterionChange, changesSince } from '../changes-since.ts';
import { asSentence, instantText, intervalText, observedText } from '../wording.ts';
import { findingHref, html, type Markup, outcomeBadge } from './markup.ts';

const kindWords: { readonly [kind in CriterionChange['kind']]: string } = {
  'worse-outcome': 'passed then',
  worse: 'worse, beyond both intervals',
  new: 'not judged then',
  'other-limit': 'another limit then',
  'better-outcome': 'did not pass then',
  better: 'better, beyond both intervals',
};

/** Nothing where nobody looked for one. */
export function changesSection(report: GateReport, lastGo: LastGo | null): Markup {
  if (lastGo === null) return null;
  if (lastGo.status === 'none') {
    return section(html`<p class="quiet">${asSentence(`There is nothing to compare with: ${lastGo.why}`)}</p>`);
  }
  const { run } = lastGo;
  const changes = changesSince(lastGo, report);
  return section(html`<p class="quiet">
      ${`That was ${run.id}, release ${run.release}, started ${instantText(run.startedAt)}. Criteria are listed whose outcome or limit is another, or whose intervals have nothing in common.`}
    </p>
    ${circumstances(changes)} ${criteriaTable(changes)}
    ${changes.gone.length === 0 ? null : html`<p>${`Judged then and not now: ${changes.gone.join(', ')}.`}</p>`}`);
}

function section(content: Markup): Markup {
  return html`<section aria-labelledby="changes">
    <h2 id="changes">What changed since the last go</h2>
    ${content}
  </section>`;
}

function circumstances({ circumstances: changed }: Changes): Markup {
  if (changed.length === 0) return html`<p>Release, configuration, machine and tools are the same.</p>`;
  return html`<div class="scroll" tabindex="0"><table class="parts">
    <thead><tr><th>Of the run</th><th>Then</th><th>Now</th></tr></thead>
    <tbody>
      ${changed.map(({ term, was, now }) => html`<tr><td class="term">${term}</td><td class="what">${was}</td><td class="what">${now}</td></tr>`)}
    </tbody>
  </table></div>`;
}

function criteriaTable({ criteria }: Changes): Markup {
  if (criteria.length === 0) return html`<p>No criterion came out otherwise.</p>`;
  return html`<div class="scroll" tabindex="0"><table class="parts">
    <thead>
      <tr><th>Now</th><th>Criterion</th><th>Change</th><th class="number">Then</th><th class="number">Now</th><th class="number">Limit</th></tr>
    </thead>
    <tbody>${criteria.map(changeRow)}</tbody>
  </table></div>`;
}

function changeRow({ kind, finding, was }: CriterionChange): Markup {
  const { outcome, criterion, limit, observed } = finding;
  return html`<tr>
    <td>${outcomeBadge(outcome)}</td>
    <td><a href=${findingHref(criterion)}><code>${criterion}</code></a></td>
    <td>${kindWords[kind]}</td>
    <td class="number">
      ${was === null ? '–' : observedText(was)}
      <small>${was === null ? '' : intervalText(was.observed)}</small>
    </td>
    <td class="number">${observedText(finding)}<small>${intervalText(observed)}</small></td>
    <td class="number">
      ${formatLimit(limit)}<small>${kind === 'other-limit' && was !== null ? `then ${formatLimit(was.limit)}` : ''}</small>
    </td>
  </tr>`;
}
