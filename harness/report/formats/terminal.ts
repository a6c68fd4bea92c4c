/** Documents for a terminal. Without colour, every outcome is still a word. */
import { styleText } from 'node:util';
import { defined } from '../../lib/defined.ts';
import {
  type Block,
  type Blocks,
  blocksFor,
  type Column,
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
import { oneLine, plainText } from '../plain-text.ts';
import { sparkline } from '../sparkline.ts';
import { fit, wrap } from '../terminal-text.ts';

export interface TerminalPage {
  readonly colour: boolean;
  /** Columns; only commands run past them, so that they can be copied whole. */
  readonly width: number;
  /** For a terminal that shows nothing but ASCII. */
  readonly ascii?: boolean;
}

export type Tone = Mark | 'quiet' | 'strong';

const format: Format = 'terminal';

/** Lines joined by line feeds, ending in one. */
export function renderTerminalDocument({ banner, blocks }: ReportDocument, page: TerminalPage): string {
  const { word, verdict, blocks: first } = banner;
  const head = [paint(oneLine(word).toUpperCase(), verdict === null ? 'strong' : verdictTones[verdict], page)];
  return asText([[...head, ...linesOf(first, page, 0)], ...groupsOf(blocks, page)], page);
}

/** The same without a banner. */
export function renderTerminalBlocks(blocks: Blocks, page: TerminalPage): string {
  return asText(groupsOf(blocks, page), page);
}

const verdictTones = { go: 'pass', inconclusive: 'inconclusive', 'no-go': 'fail' } as const;

/** Text in the tone's colour, where colours are wanted. */
export function paint(text: string, tone: Tone, { colour }: Pick<TerminalPage, 'colour'>): string {
  return colour && text !== '' ? styleText(styles[tone], text, { validateStream: false }) : text;
}

const styles: { readonly [tone in Tone]: Parameters<typeof styleText>[0] } = {
  pass: 'green',
  fail: ['bold', 'red'],
  inconclusive: 'yellow',
  'not-exercised': 'dim',
  quiet: 'dim',
  strong: 'bold',
};

/** Blank lines stand between what is at the top. */
function groupsOf(blocks: Blocks, page: TerminalPage): readonly (readonly string[])[] {
  return blocksFor(blocks, format).map((block) => blockLines(block, page, 0));
}

function asText(groups: readonly (readonly string[])[], { ascii = false }: TerminalPage): string {
  const text = `${groups.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  if (!ascii) return text;
  return text
    .replaceAll('…', '~')
    .replaceAll('–', '-')
    .replaceAll('×', 'x')
    .replace(/[^\n\u001B\x20-\x7E]/g, '?');
}

function linesOf(blocks: Blocks, page: TerminalPage, indent: number): readonly string[] {
  return blocksFor(blocks, format).flatMap((block) => blockLines(block, page, indent));
}

function blockLines(block: Block, page: TerminalPage, indent: number): readonly string[] {
  switch (block.kind) {
    case 'section': {
      const title = block.count === undefined ? block.title : `${block.title}: ${block.count}`;
      const within = hasTable(block.blocks) ? 0 : indent + 2;
      return [...wrapped({ kind: 'strong', text: title }, { page, indent }), ...linesOf(block.blocks, page, within)];
    }
    case 'paragraph':
      return wrapped(block.text, { page, indent, ...defined({ tone: block.tone && toneOf[block.tone] }) });
    case 'list':
      return listLines(block, page, indent);
    case 'table':
      return tableLines(block, page);
    case 'facts':
      return block.items.flatMap(([term, text]) => wrapped(`${term}: ${text}`, { page, indent, hang: 2 }));
    case 'code':
      return plainText(block.source)
        .split('\n')
        .map((line) => `${' '.repeat(indent)}${block.language === 'sh' ? paint(`$ ${line}`, 'strong', page) : line}`);
    case 'details':
      return [...wrapped(block.summary.flat(), { page, indent }), ...linesOf(block.blocks, page, indent + 2)];
    case 'image':
    case 'drawing':
      return [];
  }
}

const toneOf = { quiet: 'quiet', warning: 'inconclusive' } as const;

/** Tables take the whole width. */
function hasTable(blocks: Blocks): boolean {
  return blocksFor(blocks, format).some(({ kind }) => kind === 'table');
}

function listLines(
  { items, style, leadColumns }: Block & { kind: 'list' },
  page: TerminalPage,
  indent: number,
): readonly string[] {
  return partsFor(items, format).flatMap((item, index) => {
    const before = style === 'numbered' ? `${index + 1}. ` : style === 'to-do' ? '[ ] ' : '';
    const within = indent + (before === '' ? 2 : before.length);
    const lines =
      leadColumns === undefined
        ? wrapped([before, ...leadOf(item), ...spansFor(item.text, format)], { page, indent, hang: within - indent })
        : columnLines(item, { page, indent, columns: leadColumns });
    return [...lines, ...linesOf(item.blocks ?? [], page, within)];
  });
}

function leadOf({ lead }: ListItem): readonly Span[] {
  return lead === undefined ? [] : [...spansFor(lead, format), ' '];
}

function columnLines(
  { lead = '', text }: ListItem,
  { page, indent, columns }: { readonly page: TerminalPage; readonly indent: number; readonly columns: number },
): readonly string[] {
  const left = indent + columns;
  const [first = '', ...rest] = wrapped(text, { page, indent: left });
  const start = ' '.repeat(indent) + cellText(lead, { page, width: columns });
  return [`${start}${first.slice(left)}`.trimEnd(), ...rest];
}

const leastColumns = 12;

function tableLines(
  { columns: all, rows, belowIndent }: Block & { kind: 'table' },
  page: TerminalPage,
): readonly string[] {
  const columns = withWidths(partsFor(all, format), page.width);
  const flexible = columns.findIndex(({ isFlexible }) => isFlexible);
  const below = belowIndent ?? columns.slice(0, flexible).reduce((sum, { width }) => sum + width + 1, 0);
  const heads = columns.map(({ head, width, align }) => fit(head, width, align)).join(' ');
  return [
    ...(heads.trim() === '' ? [] : [paint(heads.trimEnd(), 'quiet', page)]),
    ...partsFor(rows, format).flatMap((row) => [
      rowLine(row, { all, columns, page }),
      ...(row.below ?? []).flatMap((text) => wrapped(text, { page, indent: below })),
    ]),
  ];
}

interface SizedColumn extends Column {
  readonly width: number;
  readonly isFlexible: boolean;
}

/** Where it is narrow, the widest column gives way. */
function withWidths(columns: readonly Column[], width: number): readonly SizedColumn[] {
  const taken = columns.reduce((sum, column) => sum + (column.width ?? 0), columns.length - 1);
  const missing = Math.max(0, taken + leastColumns - width);
  const widest = Math.max(...columns.map((column) => column.width ?? 0));
  return columns.map((column) => {
    if (column.width === undefined)
      return { ...column, isFlexible: true, width: Math.max(leastColumns, width - taken) };
    const givesWay = missing > 0 && column.width === widest;
    return { ...column, isFlexible: false, width: givesWay ? Math.max(leastColumns, widest - missing) : column.width };
  });
}

function rowLine(
  { cells, isPart = false }: Row,
  {
    all,
    columns,
    page,
  }: { readonly all: readonly Column[]; readonly columns: readonly SizedColumn[]; readonly page: TerminalPage },
): string {
  const [note] = cells;
  if (cells.length === 1 && note !== undefined)
    return paint(spansFor(note, format).map(spanText).join(''), 'quiet', page);
  const shown = cells.filter((_, index) => partsFor(all.slice(index, index + 1), format).length > 0);
  return columns
    .map(({ width, align, isFlexible }, index) => {
      const text = shown[index] ?? '';
      const indent = isPart && isFlexible ? '  ' : '';
      return indent + cellText(text, { page, width: width - indent.length, ...defined({ align }) });
    })
    .join(' ')
    .trimEnd();
}

function cellText(
  text: Text,
  { page, width, align }: { readonly page: TerminalPage; readonly width: number; readonly align?: 'right' },
): string {
  const spans = spansFor(text, format);
  const [only] = spans;
  if (spans.length === 1 && typeof only === 'object') {
    if (only.kind === 'sparkline')
      return fit(sparkline(only.values.slice(-width), { ascii: page.ascii === true }), width, align);
    return paintedSpan(only, fit(spanText(only), width, align), page);
  }
  return fit(spans.map(spanText).join(''), width, align);
}

function paintedSpan(span: Span, text: string, page: TerminalPage): string {
  const tone = spanTone(span);
  return tone === null ? text : paint(text, tone, page);
}

export interface Wrapping {
  readonly page: TerminalPage;
  readonly indent?: number;
  /** How much further the second line and those after it stand. */
  readonly hang?: number;
  readonly tone?: Tone;
}

/** Lines of the text, each painted in the tones of its spans. */
export function wrapped(text: Text, { page, indent = 0, hang = 0, tone }: Wrapping): readonly string[] {
  const spans = spansFor(text, format).map((span) => ({ text: spanText(span), tone: tone ?? spanTone(span) }));
  const [first = '', ...others] = wrap(spans.map((span) => span.text).join(''), page.width - indent);
  if (others.length === 0 && first === '') return [];
  const lines =
    others.length === 0 || hang === 0
      ? [first, ...others]
      : [first, ...wrap(others.join(' '), page.width - indent - hang)];
  return painted(lines, spans, page).map((line, index) => ' '.repeat(index === 0 ? indent : indent + hang) + line);
}

/** Wrapping takes out nothing but spaces, so each line is found again in the spans. */
function painted(
  lines: readonly string[],
  spans: readonly { readonly text: string; readonly tone: Tone | null }[],
  page: TerminalPage,
): readonly string[] {
  if (!page.colour) return lines;
  const tones = spans.flatMap((span) => Array.from(span.text.replaceAll(/\s/gu, ''), () => span.tone));
  let at = 0;
  return lines.map((line) => {
    let result = '';
    let run = '';
    let tone: Tone | null = null;
    for (const character of line) {
      const own: Tone | null = character.trim() === '' ? tone : (tones[at++] ?? null);
      if (own !== tone) {
        result += tone === null ? run : paint(run, tone, page);
        run = '';
        tone = own;
      }
      run += character;
    }
    return result + (tone === null ? run : paint(run, tone, page));
  });
}

/** Longer than what a person reads of one message; the evidence has the whole. */
const longestSpan = 1200;

function spanText(span: Span): string {
  if (span === null) return '';
  if (typeof span === 'string') return spaced(span);
  switch (span.kind) {
    case 'outcome':
      // A failure stands out by its capitals where there is no colour.
      return span.mark === 'fail' ? span.word.toUpperCase() : span.word;
    case 'sparkline':
      return sparkline(span.values, { ascii: false });
    case 'tag':
      return ` (${oneLine(span.text, longestSpan)})`;
    case 'text':
    case 'strong':
    case 'code':
    case 'quiet':
    case 'link':
      return spaced(span.text);
  }
}

/** On one line, with its spaces at either end. */
function spaced(text: string): string {
  const line = oneLine(text, longestSpan);
  if (line === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) ? ' ' : ''}`;
}

function spanTone(span: Span): Tone | null {
  if (span === null || typeof span === 'string') return null;
  if (span.kind === 'outcome') return span.mark;
  return span.kind === 'strong' || span.kind === 'quiet' ? span.kind : null;
}
