import { describe, expect, it } from 'vitest';
import { type GateReport, parseGateReport } from '../model/gate-report.ts';
import { noGoReport } from './fixtures/gate-reports.fixture.ts';
import { renderMarkdown, renderTerminal } from './gate-document.ts';
import { renderHtml } from './render-html.ts';
import { headline } from './wording.ts';

const waiver = {
  criterion: 'scope-switch.visible',
  owner: 'Ada Example',
  reason: 'Rewritten next week',
  until: '2026-12-11',
};
const over = { criterion: 'diff.error-rate', owner: 'Grace Example', reason: 'Was known', until: '2026-11-01' };

const report: GateReport = {
  ...noGoReport.report,
  expiredWaivers: [over],
  findings: noGoReport.report.findings.map((finding) =>
    finding.criterion === waiver.criterion ? { ...finding, waived: waiver } : finding,
  ),
};

const rendered = [
  ['the terminal', renderTerminal(report, { colour: false, width: 200 }), 'outcome '],
  ['Markdown', renderMarkdown(report), '### '],
  ['HTML', renderHtml(report, { evidence: [] }), 'What stands against it'],
] as const;

describe('a waiver', () => {
  it.each(rendered)(
    'is in the first lines of %s, with who answers for it and what it sets aside',
    (_name, text, table) => {
      const [first = ''] = text.split(table);
      expect(first).not.toBe(text);
      expect(first).toContain('Waived: scope-switch.visible, by Ada Example until 2026-12-11. It would be fail');
      expect(first).toContain('Rewritten next week');
      expect(first).toContain(
        'A waiver is over, and its criterion counts: diff.error-rate, by Grace Example until 2026-11-01',
      );
    },
  );

  it.each(rendered)('marks its finding in %s', (_name, text) => {
    expect(text).toMatch(/waived/);
  });

  it('takes its criterion out of what is counted', () => {
    const failed = (one: GateReport): number => Number(/^Failed: (\d+) of/.exec(headline(one))?.[1]);
    expect(failed(report)).toBe(failed(noGoReport.report) - 1);
  });

  it('survives being saved', () => {
    expect(parseGateReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});
