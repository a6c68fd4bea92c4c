/** Which probes were proved to see, and how; those that were not come first. */
import type { Control, Evidence } from '../../model/evidence.ts';
import { asSentence } from '../wording.ts';
import { html, type Markup } from './markup.ts';

const words: { readonly [outcome in Control['outcome']]: string } = {
  'not-seen': 'not seen',
  'not-tried': 'not tried',
  seen: 'seen',
};

export function positiveControls(evidence: readonly Evidence[]): Markup {
  const all = evidence.flatMap(({ probe, controls = [] }) => controls.map((control) => ({ probe, ...control })));
  if (all.length === 0) return null;
  const inOrder = Object.keys(words).flatMap((outcome) => all.filter((one) => one.outcome === outcome));
  const seen = all.filter(({ outcome }) => outcome === 'seen').length;
  return html`<section aria-labelledby="controls">
    <h2 id="controls">What proves that it can see <span class="count">${`${seen} of ${all.length} seen`}</span></h2>
    <div class="scroll" tabindex="0"><table class="checks">
      <thead><tr><th>Control</th><th>Probe</th><th>Planted</th><th>What came of it</th></tr></thead>
      <tbody>${inOrder.map(
        ({ probe, name, planted, outcome, message }) => html`<tr>
          <td>${outcome === 'seen' ? words[outcome] : html`<b>${words[outcome]}</b>`}</td>
          <td><code>${probe}</code> ${name}</td>
          <td>${planted}</td>
          <td>${asSentence(message)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
  </section>`;
}
