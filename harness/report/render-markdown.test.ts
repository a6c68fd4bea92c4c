import { describe, expect, it } from 'vitest';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from './fixtures/gate-reports.fixture.ts';
import { renderMarkdown } from './gate-document.ts';

const reports = [
  ['go', goReport.report],
  ['no-go', noGoReport.report],
  ['inconclusive', inconclusiveReport.report],
  ['hostile', hostileReport.report],
] as const;

const toAccept = 'If the change is meant: npx vitest run harness/report --update';

/** The longest comment GitHub takes. */
const longestComment = 65_536;

describe('renderMarkdown', () => {
  it.each(reports)('writes the %s report as the golden file has it', async (name, report) => {
    await expect(renderMarkdown(report), toAccept).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it.each(reports)(
    'shows every finding, success criterion and everything not checked of the %s report',
    (_, report) => {
      const text = renderMarkdown(report);
      for (const { criterion } of report.findings) expect(text).toContain(`| \`${criterion}\` |`);
      for (const { id } of report.successCriteria) expect(text).toContain(`| ${id} |`);
      expect(text.split('### Not checked')[1]?.match(/^- `/gm)).toHaveLength(
        report.notExercised.length + report.notProven.length,
      );
    },
  );

  it.each(reports)('fits the %s report into a pull-request comment', (_, report) => {
    expect(renderMarkdown(report).length).toBeLessThan(longestComment);
  });

  it.each([400, 2000, 5000, 9000])('says where it was cut, outside any code, at %d characters', (longest) => {
    const [finding] = noGoReport.report.findings;
    const [step] = noGoReport.report.rollback.steps;
    if (finding === undefined || step === undefined) throw new Error('The fixture has neither findings nor steps.');
    const findings = Array.from({ length: 300 }, () => ({ ...finding, outcome: 'fail' as const }));
    const steps = Array.from({ length: 40 }, () => ({ ...step, command: 'line\n'.repeat(20) }));
    const report = { ...noGoReport.report, findings, rollback: { ...noGoReport.report.rollback, steps } };
    const text = renderMarkdown(report, null, { longest });
    expect(text.length).toBeLessThanOrEqual(longest);
    expect(text.trimEnd().split('\n').at(-1)).toContain('Cut here, because it would be too long.');
    expect((text.match(/^\s*```/gm) ?? []).length % 2).toBe(0);
    expect(renderMarkdown(report).length).toBeLessThanOrEqual(longestComment);
  });

  it('shows foreign text as text, outside code', () => {
    const text = renderMarkdown(hostileReport.report).replace(/`[^`\n]*`/g, '');
    expect(text).not.toMatch(/<(?!\/?sub>)/);
    expect(text).not.toMatch(/[^\\]\]\(/);
    expect(text).not.toContain('@everyone');
  });

  it('keeps a command with backticks inside its fence', () => {
    const [step] = noGoReport.report.rollback.steps;
    if (step === undefined) throw new Error('The fixture has no rollback steps.');
    const steps = [{ ...step, command: 'echo ```\n# not a heading' }];
    const text = renderMarkdown({ ...noGoReport.report, rollback: { ...noGoReport.report.rollback, steps } });
    expect(text).toContain('   ````sh\n   echo ```\n   # not a heading\n   ````');
  });
});
