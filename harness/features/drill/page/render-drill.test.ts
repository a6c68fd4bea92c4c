import { describe, expect, it } from 'vitest';
import { renderTerminalDocument } from '../../../report/formats/terminal.ts';
import { pageProblems, parsedPage } from '../../../report/html/page-check.fixture.ts';
import { drillReportSchema } from '../drill-report.ts';
import { provedDrill, proxiedDrill, troubledDrill, uncontrolledDrill } from './drill.fixture.ts';
import { drillDocument, renderDrillPage } from './drill-document.ts';
import { renderControlRow, renderDrillHead, renderDrillRow } from './render-drill-terminal.ts';
import { expectationWords, stateWords } from './wording.ts';

const drills = [
  ['proved', provedDrill],
  ['troubled', troubledDrill],
  ['through a proxy', proxiedDrill],
  ['through a proxy, without a control run', uncontrolledDrill],
] as const;
const fileOf = (name: string): string => name.replaceAll(/[, ]+/g, '-');
const accept = 'look at the difference, then accept it with: npx vitest run harness/features/drill/page -u';

describe('a drill', () => {
  it.each(drills)('in the terminal is as it was agreed, in 80 columns: %s', async (name, report) => {
    const criteria = [...new Set(report.faults.flatMap(({ cells }) => cells.map(({ criterion }) => criterion)))];
    const page = { colour: false, width: 80, criteria };
    const rows = report.faults.map((fault) => renderDrillRow(fault, page));
    const control = report.control === undefined ? [] : [renderControlRow(report.control, page)];
    const text = [
      renderDrillHead(page),
      ...control,
      ...rows,
      '\n',
      renderTerminalDocument(drillDocument(report), page),
    ].join('');
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001B');
    await expect(text).toMatchFileSnapshot(`golden/${fileOf(name)}.txt`, accept);
  });

  it.each(drills)('as a page is sound, and says all that the document says: %s', (_, report) => {
    const text = renderDrillPage(report);
    expect(pageProblems(text, drillDocument(report))).toEqual([]);
    const page = parsedPage(text);
    const rows = [...page.querySelectorAll('table.matrix tbody tr')];
    const { control, faults } = report;
    expect(rows).toHaveLength(faults.length === 0 ? 0 : faults.length + (control === undefined ? 0 : 1));
    const links = rows.map((row) => row.querySelector('th a')?.getAttribute('href') ?? null);
    const runs = [...(control === undefined ? [] : [control.run]), ...faults.map(({ run }) => run)];
    expect(links).toEqual(faults.length === 0 ? [] : runs.map((run) => (run === null ? null : `${run}/gate.html`)));
    const labels = [...page.querySelectorAll('table.matrix td.cell')].map(
      (cell) => cell.getAttribute('aria-label') ?? '',
    );
    for (const { criterion, expected, state } of faults.flatMap(({ cells }) => cells)) {
      const words = `${criterion}: ${expectationWords[expected]}, ${stateWords[state]}. `;
      const isShown = report.criteria.some(({ id }) => id === criterion);
      expect(labels.filter((label) => label.startsWith(words)).length > 0, words).toBe(isShown);
    }
  });

  it.each(drills)('as JSON is what its schema says: %s', (_, report) => {
    expect(drillReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});
