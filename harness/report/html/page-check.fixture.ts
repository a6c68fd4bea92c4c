/** What every page must be, whatever it shows: checked by structure, so that a new look breaks no test. */
import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { type Blocks, blocksFor, type ReportDocument, type Span, spansFor, type Text } from '../document.ts';
import { plainText } from '../plain-text.ts';

export function parsedPage(page: string): Document {
  return parseHTML(page).document;
}

/** What is wrong with the page, a sentence each: with a document, also what it says and the page does not. */
export function pageProblems(page: string, document?: ReportDocument): readonly string[] {
  const parsed = parsedPage(page);
  return [
    ...policyProblems(page, parsed),
    ...contentProblems(page, parsed),
    ...landmarkProblems(parsed),
    ...tableProblems(parsed),
    ...(document === undefined ? [] : documentProblems(page, document)),
  ];
}

/** The texts that the page does not show, spaces aside. */
export function missingOn(page: string, texts: readonly string[]): readonly string[] {
  const shown = squeezed(parsedPage(page).querySelector('main')?.textContent);
  return texts.filter((text) => !shown.includes(squeezed(plainText(text))));
}

/** The text of the section with that id. */
export function sectionText(parsed: Document, id: string): string {
  return (
    parsed.querySelector(`section[aria-labelledby="${id}"]`)?.textContent?.replaceAll(/\s+/g, ' ').trim() ??
    `There is no section "${id}".`
  );
}

/** Only its own style and script, by their hashes; and nothing that loads, runs or styles by itself. */
function policyProblems(page: string, parsed: Document): readonly string[] {
  const sha256 = (text = ''): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const style = sha256(/<style>([^]*?)<\/style>/.exec(page)?.[1]);
  const script = sha256(/<script>([^]*?)<\/script>/.exec(page)?.[1]);
  const policy = parsed.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
  const wanted = `default-src 'none'; style-src ${style}; script-src ${script}; base-uri 'none'; form-action 'none'`;
  const all = [...parsed.querySelectorAll('*')];
  const foreign = parsed.querySelectorAll(
    'iframe, object, embed, link, base, form, [style], [src]:not(img), img:not([src^="data:image/"])',
  );
  const targets = [...parsed.querySelectorAll('[href]')].map((one) => one.getAttribute('href') ?? '');
  return [
    ...problemUnless(policy.replace(' img-src data:;', '') === wanted, `its policy is ${policy}`),
    ...problemUnless(page.match(/<script/g)?.length === 1, 'it has not one script'),
    ...problemUnless(parsed.querySelectorAll('style').length === 1, 'it has not one style'),
    ...[...foreign].map(({ tagName }) => `it loads or styles by itself: ${tagName}`),
    ...all.flatMap(({ attributes }) => [...attributes].map(({ name }) => name).filter((name) => name.startsWith('on'))),
    // A colon makes a scheme, and two dots lead out of the run folder.
    ...targets
      .filter((href) => /^[a-z][a-z0-9+.-]*:|^[/\\]|(^|[/\\])\.\.([/\\]|$)/i.test(href))
      .map((href) => `a link leads out: ${href}`),
    ...targets
      .filter((href) => href.startsWith('#') && !isTarget(parsed, href.slice(1)))
      .map((href) => `a link leads nowhere: ${href}`),
  ];
}

/** Ids may have been encoded for the address, or not. */
function isTarget(parsed: Document, id: string): boolean {
  return (parsed.getElementById(id) ?? parsed.getElementById(decodeURIComponent(id))) !== null;
}

function contentProblems(page: string, parsed: Document): readonly string[] {
  const shown = parsed.querySelector('main')?.textContent ?? '';
  // Colour is never alone: each outcome has a shape and a word.
  const badges = [...parsed.querySelectorAll('.outcome')].filter(
    (one) =>
      !/^#icon-(?:pass|fail|inconclusive|not-exercised)$/.test(
        one.querySelector('svg use')?.getAttribute('href') ?? '',
      ) || squeezed(one.textContent) === '',
  );
  return [
    ...problemUnless(page.startsWith('<!doctype html>\n<html lang="en">'), 'it does not begin as a page in English'),
    ...problemUnless(parsed.title.trim() !== '', 'it has no title'),
    ...[...shown.matchAll(/NaN|undefined|Infinity|\[object /g)].map(([text]) => `it shows ${text}`),
    ...[...shown.matchAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]|\p{Surrogate}/gu)].map(
      ([text]) => `it shows the character ${text.charCodeAt(0)}`,
    ),
    ...badges.map(() => 'an outcome has no shape or no word'),
  ];
}

function landmarkProblems(parsed: Document): readonly string[] {
  const ids = [...parsed.querySelectorAll('[id]')].map(({ id }) => id);
  const levels = [...parsed.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)));
  return [
    ...problemUnless(parsed.querySelectorAll('main').length === 1, 'it has not one main part'),
    ...problemUnless(parsed.querySelectorAll('h1').length === 1, 'it has not one first heading'),
    ...problemUnless(
      squeezed(parsed.querySelector('main > header.banner h1')?.textContent) !== '',
      'its banner says nothing',
    ),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two elements have the id ${id}`),
    ...[...parsed.querySelectorAll('[aria-labelledby]')]
      .map((one) => one.getAttribute('aria-labelledby') ?? '')
      .filter((id) => squeezed(parsed.getElementById(id)?.textContent) === '')
      .map((id) => `a label is not there: ${id}`),
    ...[...parsed.querySelectorAll('section')]
      .filter((one) => squeezed(one.querySelector('h2, h3, summary')?.textContent) === '')
      .map((one) => `a section has no heading: ${squeezed(one.textContent).slice(0, 60)}`),
    ...levels.flatMap((level, index) =>
      level > (levels[index - 1] ?? 0) + 1 ? [`a heading h${level} skips a level`] : [],
    ),
  ];
}

/** Each row has as many cells as there are heads. */
function tableProblems(parsed: Document): readonly string[] {
  return [...parsed.querySelectorAll('table')].flatMap((table) => {
    const width = table.querySelectorAll('thead th').length;
    return [...table.querySelectorAll('tbody tr')]
      .filter(
        ({ children }) =>
          width > 0 &&
          [...children].reduce((sum, cell) => sum + Number(cell.getAttribute('colspan') ?? 1), 0) !== width,
      )
      .map((row) => `a row has not ${width} cells: ${squeezed(row.textContent)}`);
  });
}

function documentProblems(page: string, document: ReportDocument): readonly string[] {
  return [
    ...problemUnless(parsedPage(page).title === plainText(document.title), 'its title is another'),
    ...missingOn(page, textsOf(document)).map((text) => `it does not say: ${text}`),
  ];
}

function problemUnless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem];
}

/** Everything that the document says on a page. */
function textsOf({ banner, blocks }: ReportDocument): readonly string[] {
  return [banner.kicker, banner.word, ...blockTexts(banner.blocks), ...blockTexts(blocks)];
}

function blockTexts(blocks: Blocks): readonly string[] {
  return blocksFor(blocks, 'html').flatMap((block) => {
    switch (block.kind) {
      case 'section':
        return [block.title, block.count ?? '', ...blockTexts(block.blocks)];
      case 'paragraph':
        return spanTexts(block.text);
      case 'list':
        return block.items
          .filter(({ only }) => only?.includes('html') ?? true)
          .flatMap(({ lead = '', text, blocks: own = [] }) => [
            ...spanTexts(lead),
            ...spanTexts(text),
            ...blockTexts(own),
          ]);
      case 'table': {
        const isShown = block.columns.map(({ only }) => only?.includes('html') ?? true);
        return block.rows
          .filter(({ only }) => only?.includes('html') ?? true)
          .flatMap(({ cells }) => cells.filter((_, index) => isShown[index]).flatMap(spanTexts));
      }
      case 'facts':
        return block.items.flat();
      case 'code':
        return [block.source];
      case 'details':
        return [...block.summary.flatMap(spanTexts), ...blockTexts(block.blocks)];
      case 'image':
      case 'drawing':
        return [];
    }
  });
}

function spanTexts(text: Text): readonly string[] {
  return spansFor(text, 'html').map(spanText);
}

function spanText(span: Span): string {
  if (span === null || typeof span === 'string') return span ?? '';
  if (span.kind === 'outcome') return span.word;
  return span.kind === 'sparkline' ? '' : span.text;
}

/** Without spaces, which a browser lays out as it likes. */
export function squeezed(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, '');
}
