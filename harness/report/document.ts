/** A report as data. Features build one document; the renderers in `formats/` lay it out for the terminal, Markdown and HTML. */
import type { SuccessCriterionResult } from '../model/gate-report.ts';
import type { Verdict } from '../model/outcome.ts';
import type { Markup } from './html/markup.ts';

export type Format = 'terminal' | 'markdown' | 'html';

/** A part that names formats is left out of all others. */
interface Part {
  readonly only?: readonly Format[];
}

export type Mark = SuccessCriterionResult['outcome'];

/** Plain strings may be foreign text: each renderer escapes what its format would take for markup. */
export type Span =
  | string
  | null
  | (Part & { readonly kind: 'text' | 'strong' | 'code' | 'quiet' | 'tag'; readonly text: string })
  | (Part & { readonly kind: 'link'; readonly text: string; readonly to: string })
  | (Part & { readonly kind: 'outcome'; readonly mark: Mark; readonly word: string })
  | (Part & { readonly kind: 'sparkline'; readonly values: readonly number[] });

/** Spans follow each other without a space between them. */
export type Text = Span | readonly Span[];

export interface ListItem extends Part {
  readonly text: Text;
  /** Before the text, in a column of its own: an outcome, a time, an id. */
  readonly lead?: Text;
  readonly blocks?: Blocks;
}

export interface Column extends Part {
  readonly head: string;
  readonly align?: 'right';
  /** In the terminal; the one column without a width takes what the others leave. */
  readonly width?: number;
}

export interface Row extends Part {
  /** A cell for each column, those that a format leaves out included; a single one is a note across the table. */
  readonly cells: readonly Text[];
  /** Belongs to the row above it. */
  readonly isPart?: boolean;
  /** Explanations, for the terminal alone: the other formats have no room inside a table. */
  readonly below?: readonly Text[];
}

/** Lists without items, tables without rows and sections without content are left out. */
export type Block =
  | (Part & {
      readonly kind: 'section';
      readonly title: string;
      readonly id?: string;
      readonly count?: string;
      readonly blocks: Blocks;
    })
  | (Part & { readonly kind: 'paragraph'; readonly text: Text; readonly tone?: 'quiet' | 'warning' })
  | (Part & {
      readonly kind: 'list';
      readonly items: readonly ListItem[];
      readonly style?: 'numbered' | 'to-do';
      readonly leadColumns?: number;
    })
  | (Part & {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly Row[];
      readonly belowIndent?: number;
    })
  | (Part & { readonly kind: 'facts'; readonly items: readonly (readonly [term: string, text: string])[] })
  | (Part & { readonly kind: 'code'; readonly source: string; readonly language: 'sh' | 'text' })
  | (Part & { readonly kind: 'image'; readonly path: string; readonly alt: string })
  | (Part & {
      readonly kind: 'details';
      readonly id: string;
      readonly isOpen: boolean;
      readonly summary: readonly Text[];
      readonly blocks: Blocks;
    })
  /** Charts and what else only a page can show. */
  | (Part & { readonly kind: 'drawing'; readonly draw: () => Markup });

export type Blocks = readonly (Block | null)[];

export interface ReportDocument {
  /** What a browser calls the page. */
  readonly title: string;
  /** The first thing that a reader sees. */
  readonly banner: {
    /** What kind of document it is, for a page. */
    readonly kicker: string;
    /** `null` where there is nothing to decide, or not yet. */
    readonly verdict: Verdict | null;
    readonly word: string;
    /** What the word is said of, for the heading in Markdown. */
    readonly subject: string | null;
    readonly blocks: Blocks;
  };
  readonly blocks: Blocks;
}

export function strong(text: string): Span {
  return { kind: 'strong', text };
}

export function code(text: string): Span {
  return { kind: 'code', text };
}

export function outcome(mark: Mark, word: string): Span {
  return { kind: 'outcome', mark, word };
}

/** `first, second, third`. */
export function commaSeparated(spans: readonly Span[]): readonly Span[] {
  return spans.flatMap((span, index) => (index === 0 ? [span] : [', ', span]));
}

export function paragraph(text: Text, more: { readonly tone?: 'quiet' | 'warning' } & Part = {}): Block {
  return { kind: 'paragraph', text, ...more };
}

/** The id is also where links of a page lead. */
export function section(
  title: string,
  blocks: Blocks,
  more: { readonly id?: string; readonly count?: string } & Part = {},
): Block {
  return { kind: 'section', title, blocks, ...more };
}

export function list(
  items: readonly ListItem[],
  more: { readonly style?: 'numbered' | 'to-do'; readonly leadColumns?: number } & Part = {},
): Block {
  return { kind: 'list', items, ...more };
}

export function drawing(draw: () => Markup): Block {
  return { kind: 'drawing', draw };
}

/** The terminal has what stands aside at the end, below a note; the other formats have all rows in their order. */
export function tableWithAside({
  columns,
  rows,
  note,
}: {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly row: Row; readonly isAside: boolean }[];
  readonly note: string;
}): Blocks {
  const having = (isAside: boolean) => rows.filter((one) => one.isAside === isAside).map(({ row }) => row);
  const aside = having(true);
  const noteRow = aside.length === 0 ? [] : [{ cells: [note] }];
  return [
    { kind: 'table', only: ['markdown', 'html'], columns, rows: rows.map(({ row }) => row) },
    { kind: 'table', only: ['terminal'], columns, rows: [...having(false), ...noteRow, ...aside] },
  ];
}

/** The parts that the format shows. */
export function partsFor<T extends { readonly only?: readonly Format[] } | string | null>(
  parts: readonly T[],
  format: Format,
): readonly NonNullable<T>[] {
  return parts
    .filter((part) => part !== null)
    .filter((part) => typeof part === 'string' || (part.only?.includes(format) ?? true));
}

/** The blocks that the format shows, without those that have nothing to say. */
export function blocksFor(blocks: Blocks, format: Format): readonly Block[] {
  return partsFor<Block | null>(blocks, format).filter((block) => hasContent(block, format));
}

export function spansFor(text: Text, format: Format): readonly NonNullable<Span>[] {
  return partsFor<Span>(Array.isArray(text) ? text : [text], format);
}

function hasContent(block: Block, format: Format): boolean {
  switch (block.kind) {
    case 'section':
      return blocksFor(block.blocks, format).length > 0;
    case 'list':
    case 'facts':
      return block.items.length > 0;
    case 'table':
      return block.rows.length > 0;
    case 'paragraph':
      return spansFor(block.text, format).some((span) => typeof span !== 'string' || span !== '');
    case 'drawing':
      return format === 'html';
    case 'image':
      return format === 'markdown';
    case 'code':
    case 'details':
      return true;
  }
}
