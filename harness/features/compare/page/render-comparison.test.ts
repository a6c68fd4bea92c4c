import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { comparisonReportSchema } from '../../../model/comparison.ts';
import { renderHtmlDocument } from '../../../report/formats/html.ts';
import { renderMarkdownDocument } from '../../../report/formats/markdown.ts';
import { renderTerminalDocument } from '../../../report/formats/terminal.ts';
import { pageProblems, parsedPage, sectionText } from '../../../report/html/page-check.fixture.ts';
import { emptyComparison, sameComparison, worseComparison } from './comparison.fixture.ts';
import { comparisonDocument } from './comparison-document.ts';
import { changeText, directionWord, intervalText, valueText } from './wording.ts';

const comparisons = [
  ['same', sameComparison],
  ['worse', worseComparison],
  ['empty', emptyComparison],
] as const;
const accept = 'look at the difference, then accept it with: npx vitest run harness/features/compare/page -u';
const plain = { colour: false, width: 80 };

describe('a comparison', () => {
  it.each(comparisons)('in the terminal is as it was agreed, in 80 columns: %s', async (name, report) => {
    const text = renderTerminalDocument(comparisonDocument(report), plain);
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001B');
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`, accept);
  });

  it.each(comparisons)('as Markdown is as it was agreed: %s', async (name, report) => {
    await expect(renderMarkdownDocument(comparisonDocument(report))).toMatchFileSnapshot(`golden/${name}.md`, accept);
  });

  it.each(comparisons)('as a page is sound, and says all that the document says: %s', (_, report) => {
    const document = comparisonDocument(report);
    const text = renderHtmlDocument(document);
    expect(pageProblems(text, document)).toEqual([]);
    const page = parsedPage(text);
    const rows = [...page.querySelectorAll('section[aria-labelledby="table"] tbody tr')].map(
      ({ textContent }) => textContent ?? '',
    );
    const compared = report.criteria.flatMap((one) => [
      { name: one.criterion, part: one },
      ...one.parts.map((part) => ({ name: part.label, part })),
    ]);
    expect(rows).toHaveLength(compared.length);
    for (const { name, part } of compared) {
      const numbers = [
        valueText(part.before),
        valueText(part.after),
        changeText(part.change),
        intervalText(part.change),
      ];
      const isRow = (row: string) =>
        row.startsWith(directionWord(part)) && [name, ...numbers].every((text) => row.includes(text));
      expect(rows.filter(isRow), name).not.toEqual([]);
    }
    const isDrawn = report.criteria.some(({ change, parts }) => change?.interval ?? parts.length > 0);
    expect(page.querySelectorAll('figure svg.plot')).toHaveLength(isDrawn ? 1 : 0);
    for (const { criterion, reason } of report.notCompared) {
      if (reason !== 'left out by --only') expect(sectionText(page, 'not-compared')).toContain(criterion);
    }
  });

  it.each(comparisons)('as JSON is what its schema says: %s', (_, report) => {
    expect(comparisonReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('says the same in colour', () => {
    const coloured = renderTerminalDocument(comparisonDocument(worseComparison), { ...plain, colour: true });
    expect(coloured).toContain('\u001B[31m');
    expect(stripVTControlCharacters(coloured)).toBe(renderTerminalDocument(comparisonDocument(worseComparison), plain));
  });
});
