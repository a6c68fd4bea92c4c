import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type Blocks,
  code,
  drawing,
  list,
  outcome,
  paragraph,
  type ReportDocument,
  section,
  strong,
} from '../document.ts';
import { html } from '../html/markup.ts';
import { missingOn, pageProblems, parsedPage } from '../html/page-check.fixture.ts';
import { renderHtmlDocument } from './html.ts';
import { renderMarkdownDocument } from './markdown.ts';
import { renderTerminalBlocks, renderTerminalDocument } from './terminal.ts';

const link = (text: string, to: string) => ({ kind: 'link', text, to }) as const;
const plain = { colour: false, width: 40 };
const hostile = `<b onclick="x()">|\`*[a](javascript:b) @all #1\u001B[31m\u202E`;

function documentOf(blocks: Blocks, bannerBlocks: Blocks = []): ReportDocument {
  return {
    title: 'A title',
    banner: { kicker: 'A kind', verdict: 'no-go', word: 'No-go', subject: 'a thing', blocks: bannerBlocks },
    blocks,
  };
}

const everything = documentOf(
  [
    section(
      'A list',
      [
        list([
          {
            lead: outcome('fail', 'fail'),
            text: [code('an.id'), ' is ', strong('not'), ' so'],
            blocks: [paragraph('Because.')],
          },
          { text: 'second', only: ['html'] },
        ]),
      ],
      { id: 'a-list', count: '2 things' },
    ),
    section('Steps', [
      list(
        [
          {
            text: 'first',
            blocks: [
              { kind: 'code', source: 'a --long command that nobody wants broken', language: 'sh' },
              list([{ text: 'inside' }]),
            ],
          },
        ],
        { style: 'numbered' },
      ),
    ]),
    section(
      'A table',
      [
        {
          kind: 'table',
          columns: [
            { head: 'outcome', width: 8 },
            { head: 'name' },
            { head: 'value', align: 'right', width: 6 },
            { head: 'page alone', only: ['html'] },
          ],
          rows: [
            { cells: [outcome('pass', 'pass'), 'whole', '12', 'x'], below: ['In the terminal alone.'] },
            { cells: [outcome('fail', 'fail'), 'part', '3', 'y'], isPart: true },
          ],
        },
      ],
      { id: 'a-table' },
    ),
    section('Left out', [list([]), section('Also', [])]),
    section('A drawing', [drawing(() => html`<figure><svg role="img"></svg></figure>`)], { id: 'a-drawing' }),
    section('Facts', [
      { kind: 'facts', items: [['Term', 'text']] },
      { kind: 'image', path: 'a/b.svg', alt: 'a picture' },
      paragraph(link('a file', 'a/file.txt')),
    ]),
  ],
  [paragraph('What it came to.'), paragraph('Mind this.', { tone: 'warning' })],
);

describe('a document', () => {
  it('in the terminal keeps to its columns but for commands', () => {
    const text = renderTerminalDocument(everything, plain);
    expect(text).toBe(`NO-GO
What it came to.
Mind this.

A list: 2 things
  FAIL an.id is not so
    Because.

Steps
  1. first
     $ a --long command that nobody wants broken
     inside

A table
outcome  name                      value
pass     whole                        12
         In the terminal alone.
FAIL       part                        3

Facts
  Term: text
  a file
`);
  });

  it('in colour says the same', () => {
    const coloured = renderTerminalDocument(everything, { ...plain, colour: true });
    expect(coloured).toContain('\u001B[1m\u001B[31mFAIL');
    expect(stripVTControlCharacters(coloured)).toBe(renderTerminalDocument(everything, plain));
  });

  it('is nothing but ASCII for a terminal that shows nothing else', () => {
    const blocks = [paragraph('3 × 4 – äh…'), list([{ text: { kind: 'sparkline', values: [1, 2, 3] } }])];
    expect(renderTerminalBlocks(blocks, { ...plain, ascii: true })).toMatch(/^3 x 4 - \?h~\n/);
  });

  it('as Markdown has its headings, marks and alignments', () => {
    expect(renderMarkdownDocument(everything)).toBe(`## ❌ No-go: a thing

What it came to.

⚠️ Mind this.

### A list: 2 things

- ❌ fail \`an.id\` is **not** so
   Because.

### Steps

1. first

   \`\`\`sh
   a --long command that nobody wants broken
   \`\`\`

   - inside

### A table

| outcome | name | value |
|:--|:--|--:|
| ✅ pass | whole | 12 |
| ❌ fail | &emsp;part | 3 |

### Facts

<sub>Term: text</sub>

![a picture](a/b.svg)

[a file](a/file.txt)
`);
  });

  it('as a page has its landmarks, and what only a page can show', () => {
    const text = renderHtmlDocument(everything);
    expect(pageProblems(text, everything)).toEqual([]);
    const page = parsedPage(text);
    expect([...page.querySelectorAll('h2')].map(({ textContent }) => textContent)).toEqual([
      'A list 2 things',
      'Steps',
      'A table',
      'A drawing',
      'Facts',
    ]);
    expect(page.querySelectorAll('section[aria-labelledby="a-drawing"] svg')).toHaveLength(1);
    expect([...page.querySelectorAll('th')].map(({ textContent }) => textContent)).toEqual([
      'Outcome',
      'Name',
      'Value',
      'Page alone',
    ]);
    expect(page.querySelector('.banner .interrupted')?.textContent).toBe('Mind this.');
    expect(page.querySelector('a')?.getAttribute('href')).toBe('a/file.txt');
    expect(text).not.toContain('In the terminal alone.');
  });

  it('shows foreign text as text in every format', () => {
    const saying = (text: string) =>
      documentOf([
        section(text, [
          paragraph([text, strong(text), code(text), link(text, `../${text}`)]),
          list([{ lead: text, text }]),
        ]),
      ]);
    const page = renderHtmlDocument(saying(hostile));
    expect(pageProblems(page, saying(hostile))).toEqual([]);
    expect(missingOn(page, [hostile])).toEqual([]);
    expect(renderTerminalDocument(saying(hostile), plain)).not.toMatch(/[\u001B\u202E]/);
    expect(renderMarkdownDocument(saying(hostile))).toContain('\\`');
    // Inside code spans text is only text.
    const outside = renderMarkdownDocument(saying(hostile.replaceAll('`', ''))).replaceAll(/`[^`\n]*`/g, '');
    expect(outside).not.toMatch(/<b|[^\\]\]\(|@all|#1\b/);
  });
});

describe('what is wrong with a page', () => {
  const sound = renderHtmlDocument(everything);

  it.each([
    ['a script', '</main>', '<script>1</script></main>', /script/],
    ['an image from elsewhere', '</main>', '<img src="https://x.example/a.png"></main>', /loads or styles by itself/],
    ['a handler', '<header ', '<header onclick="x" ', /onclick/],
    ['a link that leads out', 'href="a/file.txt"', 'href="https://x.example"', /leads out/],
    ['a link to nothing', 'href="a/file.txt"', 'href="#nothing"', /leads nowhere/],
    ['an id twice', 'id="a-table"', 'id="a-list"', /two elements/],
    ['a cell too few', '<td>x</td>', '', /has not 4 cells/],
    ['no number', 'What it came to.', 'NaN', /shows NaN/],
    ['a text that is missing', 'is <b>not</b>', 'is <b>now</b>', /does not say: not/],
    ['an outcome without a shape', 'href="#icon-pass"', 'href="#pass"', /no shape/],
  ])('is found: %s', (_, text, replaced, problem) => {
    expect(sound).toContain(text);
    expect(pageProblems(sound.replace(text, replaced), everything).join('; ')).toMatch(problem);
  });
});
