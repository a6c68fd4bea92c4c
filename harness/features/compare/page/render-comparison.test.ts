import { describe, expect, it } from 'vitest';
import { goldenPage } from '../../../report/html/golden-page.fixture.ts';
import { emptyComparison, sameComparison, worseComparison } from './comparison.fixture.ts';
import { comparisonReportSchema } from './comparison-schema.ts';
import { renderComparisonHtml } from './render-comparison-html.ts';
import { renderComparisonMarkdown } from './render-comparison-markdown.ts';
import { renderComparisonTerminal } from './render-comparison-terminal.ts';

const comparisons = [
  ['same', sameComparison],
  ['worse', worseComparison],
  ['empty', emptyComparison],
] as const;
const accept = 'look at the difference, then accept it with: npx vitest run harness/features/compare/page -u';

describe('a comparison', () => {
  it.each(comparisons)('in the terminal is as it was agreed, in 80 columns: %s', async (name, report) => {
    const text = renderComparisonTerminal(report, { colour: false, width: 80 });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001B');
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`, accept);
  });

  it.each(comparisons)('as Markdown is as it was agreed: %s', async (name, report) => {
    await expect(renderComparisonMarkdown(report)).toMatchFileSnapshot(`golden/${name}.md`, accept);
  });

  it.each(comparisons)('as a page is as it was agreed: %s', async (name, report) => {
    await expect(goldenPage(renderComparisonHtml(report))).toMatchFileSnapshot(`golden/${name}.html`, accept);
  });

  it.each(comparisons)('as a page runs and loads nothing but its own: %s', (_, report) => {
    const page = renderComparisonHtml(report);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/\b(?:src|style|on\w+)="/);
  });

  it.each(comparisons)('as JSON is what its schema says: %s', (_, report) => {
    expect(comparisonReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('colours the words of outcomes where colours are wanted', () => {
    expect(renderComparisonTerminal(worseComparison, { colour: true, width: 80 })).toContain('\u001B[31m');
  });
});
