/** Documents as self-contained pages. */

import {
  type Block,
  type Blocks,
  blocksFor,
  type Format,
  type ListItem,
  partsFor,
  type ReportDocument,
  type Row,
  type Span,
  spansFor,
  type Text,
} from '../document.ts';
import { copyable, html, type Markup, outcomeBadge, runFileLink, verdictIcon } from '../html/markup.ts';
import { renderPage } from '../html/page.ts';
import { capital } from '../wording.ts';

export interface PageOptions {
  /** After those that every page has. */
  readonly styles?: string;
  /** Of a page that is written anew meanwhile: it is loaded again after so many seconds, until its reader stops that. */
  readonly refreshS?: number;
}

const format: Format = 'html';

/** An HTML document that loads nothing. */
export function renderHtmlDocument({ title, banner, blocks }: ReportDocument, options: PageOptions = {}): string {
  const { kicker, verdict, word, blocks: first } = banner;
  const main = html`<header class=${`banner ${verdict ?? 'open'}`}>
      <p class="rollout">${kicker}</p>
      <h1>${verdict === null ? null : verdictIcon(verdict)}<span>${word}</span></h1>
      ${blocksFor(first, format).map(bannerBlock)}
    </header>
    ${markupOf(blocks, 2)}`;
  return renderPage({ ...options, title, main });
}

function bannerBlock(block: Block, index: number): Markup {
  if (block.kind === 'facts') return facts(block.items, 'facts');
  if (block.kind !== 'paragraph') return blockMarkup(block, 2);
  const kind = block.tone === 'warning' ? 'interrupted' : index === 0 ? 'headline' : undefined;
  return html`<p class=${kind}>${inline(block.text)}</p>`;
}

function markupOf(blocks: Blocks, level: number): readonly Markup[] {
  return blocksFor(blocks, format).map((block) => blockMarkup(block, level));
}

function blockMarkup(block: Block, level: number): Markup {
  switch (block.kind) {
    case 'section':
      return sectionMarkup(block, level);
    case 'paragraph':
      return html`<p class=${block.tone === 'warning' ? 'interrupted' : block.tone}>${inline(block.text)}</p>`;
    case 'list':
      return html`<${block.style === 'numbered' ? 'ol' : 'ul'} class=${block.style === 'numbered' ? 'steps' : 'rows'}>${partsFor(block.items, format).map((item) => itemMarkup(item, level))}</>`;
    case 'table':
      return tableMarkup(block);
    case 'facts':
      return facts(block.items, 'identity');
    case 'code':
      return block.language === 'sh' ? copyable(block.source) : html`<pre tabindex="0">${block.source}</pre>`;
    case 'details':
      return html`<details id=${block.id} open=${block.isOpen}>
        <summary>${block.summary.map((text, index) => html`<span class=${index === 1 ? 'what' : index > 1 ? 'number' : undefined}>${inline(text)}</span>`)}</summary>
        <div class="finding">${markupOf(block.blocks, level)}</div>
      </details>`;
    case 'drawing':
      return block.draw();
    case 'image':
      return null;
  }
}

function sectionMarkup({ title, id, count, blocks }: Block & { kind: 'section' }, level: number): Markup {
  const name = level === 2 ? 'h2' : 'h3';
  return html`<section aria-labelledby=${id}>
    <${name} id=${id}>${title}${count === undefined ? null : html` <span class="count">${count}</span>`}</>
    ${markupOf(blocks, level + 1)}
  </section>`;
}

function itemMarkup({ lead, text, blocks = [] }: ListItem, level: number): Markup {
  const inside = markupOf(blocks, level + 1);
  if (lead === undefined) return html`<li class="item"><p>${inline(text)}</p>${inside}</li>`;
  return html`<li class="led"><span>${inline(lead)}</span><span class="what">${inline(text)}${inside}</span></li>`;
}

function tableMarkup({ columns: all, rows }: Block & { kind: 'table' }): Markup {
  const columns = partsFor(all, format);
  const kinds = columns.map(({ align }) => (align === 'right' ? 'number' : undefined));
  return html`<div class="scroll" tabindex="0"><table class="parts">
    <thead><tr>${columns.map(({ head }, index) => html`<th scope="col" class=${kinds[index]}>${capital(head)}</th>`)}</tr></thead>
    <tbody>${partsFor(rows, format).map((row) => rowMarkup(row, all, kinds))}</tbody>
  </table></div>`;
}

function rowMarkup(
  { cells, isPart = false }: Row,
  all: (Block & { kind: 'table' })['columns'],
  kinds: readonly (string | undefined)[],
): Markup {
  const shown = cells.filter((_, index) => partsFor(all.slice(index, index + 1), format).length > 0);
  return html`<tr class=${isPart ? 'part' : undefined}>${kinds.map((kind, index) => html`<td class=${kind}>${inline(shown[index] ?? '')}</td>`)}</tr>`;
}

function facts(items: readonly (readonly [term: string, text: string])[], kind: 'facts' | 'identity'): Markup {
  return html`<dl class=${kind}>${items.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function inline(text: Text): readonly Markup[] {
  return spansFor(text, format).map(spanMarkup);
}

function spanMarkup(span: NonNullable<Span>): Markup {
  if (typeof span === 'string') return html`${span}`;
  switch (span.kind) {
    case 'text':
      return html`${span.text}`;
    case 'strong':
      return html`<b>${span.text}</b>`;
    case 'code':
      return html`<code>${span.text}</code>`;
    case 'quiet':
    case 'tag':
      return html`<span class=${span.kind}>${span.text}</span>`;
    case 'link':
      return span.to.startsWith('#') ? html`<a href=${span.to}>${span.text}</a>` : runFileLink(span.to, span.text);
    case 'outcome':
      return outcomeBadge(span.mark, span.word);
    case 'sparkline':
      return null;
  }
}
