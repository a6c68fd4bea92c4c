import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from './fixtures/gate-reports.fixture.ts';
import { renderTerminal } from './gate-document.ts';
import { displayWidth } from './terminal-text.ts';

const plain = { colour: false, width: 80 };
const reports = [
  ['go', goReport.report],
  ['no-go', noGoReport.report],
  ['inconclusive', inconclusiveReport.report],
  ['hostile', hostileReport.report],
] as const;

const toAccept = 'If the change is meant: npx vitest run harness/report --update';

describe('renderTerminal', () => {
  it.each(reports)('writes the %s report as the golden file has it', async (name, report) => {
    await expect(renderTerminal(report, plain), toAccept).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each(reports)('shows every finding and everything not checked of the %s report', (_, report) => {
    const text = renderTerminal(report, plain).replace(/\s+/g, '');
    for (const { criterion } of report.findings) expect(text).toContain(criterion);
    for (const { id } of report.notExercised) expect(text).toContain(id.replace(/\s+/g, ''));
  });

  it.each([60, 80, 120])('keeps to %d columns, commands aside', (width) => {
    for (const [, report] of reports) {
      const lines = renderTerminal(report, { colour: false, width }).split('\n');
      const long = lines.filter((line) => displayWidth(line) > width && !/^ *\$ /.test(line));
      expect(long).toEqual([]);
    }
  });

  it('says the same with colour as without', () => {
    for (const [, report] of reports) {
      const colourful = renderTerminal(report, { ...plain, colour: true });
      expect(colourful).toContain('\u001b[');
      expect(stripVTControlCharacters(colourful)).toBe(renderTerminal(report, plain));
    }
  });

  it('lets no foreign text command the terminal', () => {
    expect(renderTerminal(hostileReport.report, plain)).not.toMatch(
      /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/,
    );
  });

  it('shows the rollback only when the verdict is no-go', () => {
    expect(renderTerminal(noGoReport.report, plain)).toContain(
      '$ kubectl rollout undo deployment/skillmeat-api -n production',
    );
    expect(renderTerminal({ ...noGoReport.report, verdict: 'inconclusive' }, plain)).not.toContain('kubectl');
  });
});
