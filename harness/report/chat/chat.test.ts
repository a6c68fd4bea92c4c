import { describe, expect, it } from 'vitest';
import type { GateReport } from '../../model/gate-report.ts';
import { goReport, hostileReport, inconclusiveReport, noGoReport } from '../fixtures/gate-reports.fixture.ts';
import { gateMessage } from './gate-message.ts';
import { renderSlack } from './render-slack.ts';
import { renderTeams } from './render-teams.ts';

const fixtures = [
  ['go', goReport.report],
  ['no-go', noGoReport.report],
  ['inconclusive', inconclusiveReport.report],
  ['hostile', hostileReport.report],
] as const;

const toAccept = 'If the change is meant: npx vitest run harness/report --update';
const link = 'https://ci.example.com/runs/1';

const huge: GateReport = {
  ...noGoReport.report,
  rollback: {
    ...noGoReport.report.rollback,
    steps: Array.from({ length: 60 }, (_, index) => ({
      title: `step ${index}`,
      layer: 'backend',
      command: 'x'.repeat(50_000),
      verify: 'it works',
    })),
  },
};

describe('renderSlack', () => {
  it.each(fixtures)('writes the %s report as the golden file has it', async (name, report) => {
    await expect(renderSlack(gateMessage(report, { link })), toAccept).toMatchFileSnapshot(
      `../golden/${name}.slack.json`,
    );
  });

  it.each([...fixtures, ['huge', huge] as const])('keeps to what Slack takes of the %s report', (_, report) => {
    const { text, blocks } = JSON.parse(renderSlack(gateMessage(report)));
    expect(text.length).toBeGreaterThan(0);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks)
      expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000);
  });

  it('mentions nobody and links nowhere with foreign text', () => {
    const [finding] = noGoReport.report.findings;
    if (finding === undefined) throw new Error('The fixture has no findings.');
    const message = '<!channel> <@U1> <https://evil.example|go> & `x`';
    const findings = [{ ...finding, outcome: 'inconclusive' as const, needs: message }];
    const text = renderSlack(gateMessage({ ...noGoReport.report, findings }));
    expect(text).toContain('&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|go&gt; &amp;');
    expect(text).not.toContain('<');
  });
});

describe('renderTeams', () => {
  it.each(fixtures)('writes the %s report as the golden file has it', async (name, report) => {
    await expect(renderTeams(gateMessage(report, { link })), toAccept).toMatchFileSnapshot(
      `../golden/${name}.teams.json`,
    );
  });

  it.each([...fixtures, ['huge', huge] as const])('keeps to what Teams takes of the %s report', (_, report) => {
    const text = renderTeams(gateMessage(report));
    expect(Buffer.byteLength(text)).toBeLessThan(28_000);
    const [{ content }] = JSON.parse(text).attachments;
    for (const block of content.body) expect(block.type).toBe('RichTextBlock');
  });

  it('says how much it left out', () => {
    expect(renderTeams(gateMessage(huge))).toMatch(/More is in the report: \d+\./);
  });
});
