/** Documents as GitHub-flavoured Markdown. Foreign text is escaped and mentions nobody. */
import type { Verdict } from '../../model/outcome.ts';
import {
  type Block,
  type Blocks,
  blocksFor,
  type Format,
  type ListItem,
  type Mark,
  partsFor,
  type ReportDocument,
  type Row,
  type Span,
  spansFor,
  type Text,
} from '../document.ts';
import { code, escaped, fenced, linkTo } from '../markdown-text.ts';
import { sparkline } from '../sparkline.ts';

export interface MarkdownOptions {
  /** In characters; what does not fit is left out from the end, and the text says so. */
  readonly longest?: number;
}

const format: Format = 'markdown';

/** GitHub refuses a comment over 65,536 characters. */
const longestComment = 65_536;

const marks: { readonly [mark in Mark]: string } = {
  pass: '✅',
  inconclusive: '❔',
  fail: '❌',
  'not-exercised': '➖',
};
const verdictMarks: { readonly [verdict in Verdict]: string } = { go: '✅', inconclusive: '❔', 'no-go': '❌' };

/** Ends in a line feed. */
export function renderMarkdownDocument(
  { banner, blocks }: ReportDocument,
  { longest = longestComment }: MarkdownOptions = {},
): string {
  const { verdict, word, subject, blocks: first } = banner;
  const mark = verdict === null ? '' : `${verdictMarks[verdict]} `;
  const heading = `## ${mark}${escaped(word)}${subject === null ? '' : `: ${escaped(subject)}`}`;
  return fitted(`${[heading, ...textsOf(first, 3), ...textsOf(blocks, 3)].join('\n\n')}\n`, longest);
}

function textsOf(blocks: Blocks, level: number): readonly string[] {
  return blocksFor(blocks, format).flatMap((block) => textOf(block, level));
}

function textOf(block: Block, level: number): string | readonly string[] {
  switch (block.kind) {
    case 'section': {
      const count = block.count === undefined ? '' : `: ${escaped(block.count)}`;
      return [`${'#'.repeat(level)} ${escaped(block.title)}${count}`, ...textsOf(block.blocks, level + 1)];
    }
    case 'paragraph':
      return block.tone === 'warning' ? `⚠️ ${inline(block.text)}` : inline(block.text);
    case 'list':
      return partsFor(block.items, format)
        .map((item, index) =>
          itemText(item, block.style === 'numbered' ? `${index + 1}. ` : block.style === 'to-do' ? '- [ ] ' : '- '),
        )
        .join('\n');
    case 'table':
      return tableText(block);
    case 'facts':
      return `<sub>${block.items.map(([term, text]) => (term === '' ? escaped(text) : `${escaped(term)}: ${escaped(text)}`)).join(' · ')}</sub>`;
    case 'code':
      return fenced(block.source, block.language);
    case 'image':
      return `!${linkTo(block.alt, block.path)}`;
    case 'details':
      return [
        inline(block.summary.flatMap((text) => [' ', ...spansFor(text, format)])),
        ...textsOf(block.blocks, level),
      ];
    case 'drawing':
      return [];
  }
}

/** What belongs to an item is indented; only code needs blank lines around it. */
function itemText({ lead, text, blocks = [] }: ListItem, mark: string): string {
  const before = lead === undefined ? '' : `${inline(lead)} `;
  const inside = blocksFor(blocks, format).map((block) => {
    const own = [textOf(block, 6)]
      .flat()
      .join('\n\n')
      .replace(/^(?=.)/gm, '   ');
    return block.kind === 'code' ? `\n\n${own}\n` : `\n${own}`;
  });
  return `${mark}${before}${inline(text)}${inside.join('')}`.replace(/\n$/, '');
}

function tableText({ columns: all, rows }: Block & { kind: 'table' }): string {
  const columns = partsFor(all, format);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cellsOf = ({ cells, isPart = false }: Row): readonly string[] => {
    const shown = cells.filter((_, index) => partsFor(all.slice(index, index + 1), format).length > 0);
    return columns.map((_, index) => `${isPart && index === 1 ? '&emsp;' : ''}${inline(shown[index] ?? '')}`);
  };
  return [
    line(columns.map(({ head }) => escaped(head))),
    `|${columns.map(({ align }) => (align === 'right' ? '--:' : ':--')).join('|')}|`,
    ...partsFor(rows, format).map((row) => line(cellsOf(row))),
  ].join('\n');
}

function inline(text: Text): string {
  return spansFor(text, format).map(spanText).join('').trim();
}

function spanText(span: Span): string {
  if (span === null) return '';
  if (typeof span === 'string') return spaced(span);
  switch (span.kind) {
    case 'text':
    case 'quiet':
      return spaced(span.text);
    case 'strong':
      return `**${escaped(span.text)}**`;
    case 'code':
      return code(span.text);
    case 'tag':
      return ` (${escaped(span.text)})`;
    case 'link':
      return linkTo(span.text, span.to);
    case 'outcome':
      return `${marks[span.mark]} ${escaped(span.word)}`;
    case 'sparkline':
      return sparkline(span.values, { ascii: false });
  }
}

function spaced(text: string): string {
  return `${/^\s/.test(text) ? ' ' : ''}${escaped(text)}${/\S\s+$/.test(text) ? ' ' : ''}`;
}

const cutNotice = '⚠️ Cut here, because it would be too long. The page (HTML) and the JSON beside it have all of it.';

/** The verdict comes first and tables can end at any row, so a text that is cut says nothing that is not so. */
function fitted(whole: string, longest: number): string {
  if (whole.length <= longest) return whole;
  const room = longest - cutNotice.length - 3;
  const lines = whole.slice(0, Math.max(0, room)).split('\n').slice(0, -1);
  const kept = outsideFence(lines).join('\n');
  const notice = `${kept === '' ? '' : `${kept}\n\n`}${cutNotice}\n`;
  return notice.length <= longest ? notice : '';
}

/** Without a code block that is not closed: it would take the notice for code, and a half command for a whole one. */
function outsideFence(lines: readonly string[]): readonly string[] {
  let fence: { readonly mark: string; readonly at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (mark === undefined) continue;
    if (fence === null) fence = { mark, at };
    else if (mark === fence.mark) fence = null;
  }
  return fence === null ? lines : lines.slice(0, fence.at);
}
