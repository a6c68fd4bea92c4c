/** Choosing which findings are shown: radio buttons that the stylesheet reads, so that it works without a script. */
import type { Finding } from '../../model/finding.ts';
import type { Outcome, Scope } from '../../model/outcome.ts';
import { outcomeWords } from '../wording.ts';
import { html, type Markup } from './markup.ts';

/** With fewer findings there is nothing to look for. */
const fewest = 6;

const outcomes: readonly Outcome[] = ['fail', 'inconclusive', 'pass'];
const layers = ['frontend', 'backend'] as const;

/** Where a finding belongs: what concerns both layers is found under either. */
export function layersOf(scope: Scope): string {
  return scope === 'frontend' || scope === 'backend' ? scope : 'frontend backend';
}

export function findingFilters(findings: readonly Finding[]): Markup {
  if (findings.length < fewest) return null;
  const ofOutcome = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  const ofLayer = (layer: string) => findings.filter(({ scope }) => layersOf(scope).includes(layer)).length;
  return html`<div class="filters">
    ${choice('outcome', 'Outcome', [
      ['all', `all ${findings.length}`],
      ...outcomes.map((outcome) => [outcome, `${outcomeWords[outcome]} ${ofOutcome(outcome)}`] as const),
    ])}
    ${choice('layer', 'Layer', [
      ['all', 'all'],
      ...layers.map((layer) => [layer, `${layer} ${ofLayer(layer)}`] as const),
    ])}
  </div>`;
}

function choice(name: string, legend: string, options: readonly (readonly [value: string, label: string])[]): Markup {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(
      ([value, label]) => html`<label>
        <input type="radio" name=${name} value=${value} checked=${value === 'all'} /><span>${label}</span>
      </label>`,
    )}
  </fieldset>`;
}

/** What is chosen hides the rest, but never the finding that a link leads to. */
export const filterStyles = [
  ...outcomes.map((outcome) => rule('outcome', outcome, `:not([data-outcome="${outcome}"])`)),
  ...layers.map((layer) => rule('layer', layer, `:not([data-layers~="${layer}"])`)),
].join('\n');

function rule(name: string, value: string, others: string): string {
  return `section:has(input[name="${name}"][value="${value}"]:checked) .findings > details${others}:not(:has(:target)) { display: none; }`;
}
