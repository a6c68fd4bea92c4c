/** Writing HTML: every text put into a template is escaped, and made plain before that. */
import { html as preactHtml } from 'htm/preact';
import type { VNode } from 'preact';
import type { Finding } from '../../model/finding.ts';
import type { SuccessCriterionResult } from '../../model/gate-report.ts';
import type { Verdict } from '../../model/outcome.ts';
import { plainText } from '../plain-text.ts';
import { outcomeWords, sideRole } from '../wording.ts';

/** What a component returns; `null` is nothing. */
export type Markup = VNode | VNode[] | null;

/** HTML as a tagged template. Values are text or other markup, never HTML source. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  return preactHtml(strings, ...values.map(shown));
}

/** The outcome as shape and word, so that it never depends on colour. */
export function outcomeBadge(outcome: SuccessCriterionResult['outcome'], word = outcomeWords[outcome]): Markup {
  return html`<span class=${`outcome ${outcome}`}>${icon(outcome)}<span>${word}</span></span>`;
}

/** Why a finding does not take part in the verdict, where it does not. */
export function roleTag(finding: Finding): Markup {
  const role = sideRole(finding);
  return role === null ? null : html`<span class="tag">${role}</span>`;
}

export function verdictIcon(verdict: Verdict): Markup {
  switch (verdict) {
    case 'go':
      return icon('pass');
    case 'no-go':
      return icon('fail');
    case 'inconclusive':
      return icon('inconclusive');
  }
}

/** The shapes, drawn once: a check in a circle, a cross in an octagon, a question mark in a diamond, a dash. */
export const iconSheet = html`<svg class="icon-sheet" aria-hidden="true">
  <symbol id="icon-pass" viewBox="0 0 24 24">
    <circle cx="12" cy="12" r="11" fill="currentColor" />
    <path d="M6.8 12.4l3.6 3.6 6.8-7.6" />
  </symbol>
  <symbol id="icon-fail" viewBox="0 0 24 24">
    <path class="shape" d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" />
    <path d="M8 8l8 8M16 8l-8 8" />
  </symbol>
  <symbol id="icon-inconclusive" viewBox="0 0 24 24">
    <path class="shape" d="M12 0.5L23.5 12 12 23.5 0.5 12z" />
    <path d="M9.3 9.8a2.7 2.7 0 1 1 3.9 2.4c-.8.4-1.2.9-1.2 1.7M12 16.8v.2" />
  </symbol>
  <symbol id="icon-not-exercised" viewBox="0 0 24 24">
    <circle class="outline" cx="12" cy="12" r="10" />
    <path class="dash" d="M7.5 12h9" />
  </symbol>
</svg>`;

/** A link to a file of the run, or only its text where the address would lead out of the run folder. */
export function runFileLink(path: string, text: string): Markup {
  const leadsOut = /^[/\\]|^[a-z][a-z0-9+.-]*:|(^|[/\\])\.\.([/\\]|$)/i.test(path.trim());
  if (leadsOut) return html`<span>${text === path ? '' : `${text} `}<code>${path}</code></span>`;
  return html`<a href=${path.split('/').map(encodeURIComponent).join('/')}>${text}</a>`;
}

/** A command with a button to copy it, where there is one. */
export function copyable(command: string | undefined, kind = 'command'): Markup {
  if (command === undefined) return null;
  return html`<div class=${kind}><pre tabindex="0">${command}</pre><button type="button" data-copy hidden>Copy</button></div>`;
}

export function findingHref(criterion: string): string {
  return `#${encodeURIComponent(criterion)}`;
}

/** Criteria by their ids, each leading to its finding. */
export function criteriaLinks(criteria: readonly string[]): readonly Markup[] {
  return criteria.map(
    (criterion, index) =>
      html`<span>${index > 0 ? ', ' : ''}<a href=${findingHref(criterion)}><code>${criterion}</code></a></span>`,
  );
}

function icon(outcome: SuccessCriterionResult['outcome']): Markup {
  return html`<svg class="icon" aria-hidden="true"><use href=${`#icon-${outcome}`} /></svg>`;
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  return Array.isArray(value) ? value.map(shown) : value;
}
