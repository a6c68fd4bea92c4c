/** What grew and what shrank: every part with its sizes before and after, the largest growth first. */
import { formatValue } from '../../lib/format.ts';
import type { Growth, GrowthPart, Sizes } from '../../model/evidence.ts';
import { html, type Markup } from './markup.ts';

/** Longer lists are in the evidence file. */
const mostListed = 50;

export function growthTable({ parts, judged, baseline }: Growth): Markup {
  const by = (part: GrowthPart): number => (part.after?.[judged] ?? 0) - (part.before?.[judged] ?? 0);
  const sorted = parts.toSorted((a, b) => by(b) - by(a));
  const more = parts.length - mostListed;
  return html`<div class="scroll" tabindex="0">
    <p class="counts">Before is ${baseline}. The limit is about ${judged}.</p>
    <table class="growth">
      <thead><tr><th>Script</th>${sizes.map((size) => html`<th class="number">${size}</th>`)}</tr></thead>
      <tbody>
        ${sorted.slice(0, mostListed).map(partRow)}
        ${totalRow(parts)}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="quiet">And ${String(more)} more.</p>` : null}
  </div>`;
}

const sizes = ['raw', 'gzip', 'brotli'] as const;

function partRow({ name, before, after }: GrowthPart): Markup {
  const note = before === null ? ' (new)' : after === null ? ' (gone)' : '';
  return html`<tr>
    <td><code>${name}</code>${note}</td>
    ${sizes.map((size) => html`<td class="number">${change(before?.[size] ?? null, after?.[size] ?? null)}</td>`)}
  </tr>`;
}

function totalRow(parts: readonly GrowthPart[]): Markup {
  const sum = (side: 'before' | 'after', size: keyof Sizes): number =>
    parts.reduce((all, part) => all + (part[side]?.[size] ?? 0), 0);
  return html`<tr>
    <td><b>All together</b></td>
    ${sizes.map((size) => html`<td class="number"><b>${change(sum('before', size), sum('after', size))}</b></td>`)}
  </tr>`;
}

function change(before: number | null, after: number | null): string {
  const [from, to] = [before, after].map((bytes) => (bytes === null ? '–' : formatValue(bytes, 'bytes')));
  const share =
    before === null || after === null || before === 0 || before === after
      ? ''
      : ` (${after > before ? '+' : '−'}${formatValue(Math.abs(after - before) / before, 'ratio')})`;
  return `${from} → ${to}${share}`;
}
