import { describe, expect, it } from 'vitest';
import { goldenPage } from '../../../report/html/golden-page.fixture.ts';
import { drillReportSchema } from '../drill-report.ts';
import { provedDrill, proxiedDrill, troubledDrill, uncontrolledDrill } from './drill.fixture.ts';
import { renderDrillHtml } from './render-drill-html.ts';
import { renderControlRow, renderDrillEnd, renderDrillHead, renderDrillRow } from './render-drill-terminal.ts';

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
    const text = [renderDrillHead(page), ...control, ...rows, '\n', renderDrillEnd(report, page)].join('');
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001B');
    await expect(text).toMatchFileSnapshot(`golden/${fileOf(name)}.txt`, accept);
  });

  it.each(drills)('as a page is as it was agreed: %s', async (name, report) => {
    await expect(goldenPage(renderDrillHtml(report))).toMatchFileSnapshot(`golden/${fileOf(name)}.html`, accept);
  });

  it.each(drills)('as a page runs and loads nothing but its own: %s', (_, report) => {
    const page = renderDrillHtml(report);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/\b(?:src|style|on\w+)="|="https?:/);
  });

  it.each(drills)('as JSON is what its schema says: %s', (_, report) => {
    expect(drillReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});
