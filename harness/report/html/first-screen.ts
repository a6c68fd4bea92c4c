/** What the reader with ten seconds needs: the verdict, what decided it, what to do, what nobody looked at. */
import { formatDuration, formatLimit } from '../../lib/format.ts';
import { decides, type Finding } from '../../model/finding.ts';
import type { GateReport } from '../../model/gate-report.ts';
import { oneLine } from '../plain-text.ts';
import {
  asSentence,
  drillMarkText,
  headline,
  instantText,
  intervalText,
  isWorthAWord,
  notCheckedByReason,
  observedText,
  rollbackReadiness,
  rowsMet,
  thresholdNote,
  verdictWords,
  waiverSentences,
  whatToDo,
  worstFirst,
} from '../wording.ts';
import { edgeGauge } from './edge-gauge.ts';
import { criteriaLinks, findingHref, html, type Markup, outcomeBadge, roleTag, verdictIcon } from './markup.ts';
import { rollbackPlan } from './rollback-plan.ts';

/** More than these are in the list of all findings. */
const worstShown = 5;

const nextWords = { go: 'What to do next', 'no-go': 'Roll back', inconclusive: 'What it needs' } as const;

/** More than these are named further down, each with its reason. */
const notCheckedShown = 6;

/** A title that is longer is cut; its finding has all of it. */
const longestTitle = 160;

export function verdictBanner(report: GateReport): Markup {
  const { run, verdict, notExercised, successCriteria, findings } = report;
  const mark = drillMarkText(report);
  const tookMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return html`<header class=${`banner ${verdict}`}>
    <p class="rollout">${run.rollout}</p>
    <h1>${verdictIcon(verdict)}<span>${verdictWords[verdict]}</span></h1>
    ${mark === null ? null : html`<p class="interrupted">${mark}</p>`}
    <p class="headline">${headline(report)} <strong>${whatToDo(report)}</strong></p>
    ${waiverSentences(report).map((sentence) => html`<p class="waiver">${sentence}</p>`)}
    ${run.interrupted === undefined ? null : html`<p class="interrupted">Interrupted: ${run.interrupted}</p>`}
    <dl class="facts">
      <div><dt>Target</dt><dd>${run.target.name}</dd></div>
      <div><dt>Release</dt><dd>${run.target.release}</dd></div>
      <div><dt>Profile</dt><dd>${run.profile}</dd></div>
      <div><dt>Started</dt><dd>${instantText(run.startedAt)}</dd></div>
      <div><dt>Took</dt><dd>${formatDuration(tookMs)}</dd></div>
    </dl>
    <nav class="contents" aria-label="Contents">
      <a href="#next">${nextWords[verdict]}</a>
      <a href="#not-checked">${`Not checked: ${notExercised.length}`}</a>
      <a href="#success-criteria">${`Success criteria: ${rowsMet(successCriteria)}`}</a>
      <a href="#all-findings">${`All findings: ${findings.length}`}</a>
    </nav>
  </header>`;
}

/** The findings that decided, or nothing when all passed. */
export function worstFindings({ findings }: GateReport): Markup {
  const open = worstFirst(findings).filter(isWorthAWord);
  if (open.length === 0) return null;
  const hidden = open.length - worstShown;
  return html`<section class="worst-findings" aria-labelledby="worst">
    <h2 id="worst">${open.some(({ outcome }) => outcome !== 'pass') ? 'What stands against it' : 'Worth a look'}</h2>
    <table class="worst">
      <thead>
        <tr><th>Outcome</th><th>Criterion</th><th class="number">Observed</th><th class="number">Limit</th></tr>
      </thead>
      <tbody>${open.slice(0, worstShown).map(worstRow)}</tbody>
    </table>
    ${hidden > 0 ? html`<p class="quiet"><a href="#all-findings">And ${String(hidden)} more</a></p>` : null}
  </section>`;
}

function worstRow(finding: Finding): Markup {
  const { outcome, criterion, title, message, limit, observed } = finding;
  const statistic = observed === undefined ? '' : `${observed.statistic}, n = ${observed.samples}`;
  return html`<tr>
    <td>${outcomeBadge(outcome)}${roleTag(finding)}</td>
    <td class="what">
      <a href=${findingHref(criterion)}>${oneLine(title, longestTitle)}</a>
      <span class="message">${[asSentence(oneLine(message, 300)), thresholdNote(finding) ?? ''].join(' ')}</span>
    </td>
    <td class="number" data-label="observed">
      <b>${observedText(finding)}</b><small>${intervalText(observed)}</small><small>${statistic}</small>
    </td>
    <td class="number" data-label="limit">${formatLimit(limit)}${edgeGauge(finding)}</td>
  </tr>`;
}

/** The rollback plan on no-go, what is missing when inconclusive, whether there is a rollback plan on go. */
export function nextSteps(report: GateReport): Markup {
  const { verdict, rollback } = report;
  switch (verdict) {
    case 'no-go':
      return html`<section class="next" aria-labelledby="next">
        <h2 id="next">Roll back</h2>
        <p class="quiet">Led here by ${criteriaLinks(rollback.because)}.</p>
        ${rollbackPlan(rollback)}
      </section>`;
    case 'inconclusive':
      return html`<section class="next" aria-labelledby="next">
        <h2 id="next">What it needs</h2>
        <ul class="needs">${needsOf(report)}</ul>
      </section>`;
    case 'go':
      return html`<section class="next" aria-labelledby="next">
        <h2 id="next">What to do next</h2>
        <p>${whatToDo(report)}</p>
        <p class="quiet">${asSentence(rollbackReadiness(rollback))}</p>
      </section>`;
  }
}

/** Findings that need the same thing are named together. */
function needsOf({ findings }: GateReport): readonly Markup[] {
  const open = findings.filter((finding) => finding.outcome === 'inconclusive' && decides(finding));
  const byNeed = Object.entries(Object.groupBy(open, ({ needs, message }) => needs ?? message));
  return byNeed.map(
    ([need, needing = []]) =>
      html`<li>${asSentence(need)} <span class="quiet">For ${criteriaLinks(needing.map(({ criterion }) => criterion))}.</span></li>`,
  );
}

/** The first of it, for the first screen. */
export function notCheckedInShort({ notExercised }: GateReport): Markup {
  const more = notExercised.length - notCheckedShown;
  if (notExercised.length === 0) return null;
  return html`<section aria-labelledby="unchecked">
    <h2 id="unchecked">Not checked <span class="count">${String(notExercised.length)}</span></h2>
    <ul class="unchecked">
      ${notExercised.slice(0, notCheckedShown).map(({ title }) => html`<li>${oneLine(title, 120)}</li>`)}
    </ul>
    <p class="quiet"><a href="#not-checked">${more > 0 ? `And ${more} more, with the reasons` : 'The reasons'}</a></p>
  </section>`;
}

export function notChecked(report: GateReport): Markup {
  return html`<section aria-labelledby="not-checked">
    <h2 id="not-checked">What was not checked</h2>
    ${report.notExercised.length === 0 ? html`<p>Nothing: every criterion of the rollout was exercised.</p>` : null}
    ${notCheckedByReason(report).map(
      ([reason, items]) => html`<p class="quiet">${asSentence(reason)}</p>
        <ul class="not-checked">
          ${items.map(({ id, title }) => html`<li>${title} <code>${id}</code></li>`)}
        </ul>`,
    )}
  </section>`;
}
